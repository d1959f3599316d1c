package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.PropertyMetadata;
import com.fasterxml.jackson.databind.PropertyMetadata.MergeInfo;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.BuilderBasedDeserializer;
import com.fasterxml.jackson.databind.deser.CreatorProperty;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.impl.SetterlessProperty;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.NameTransformer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Updates the value of a property that is annotated with {@code @JsonMerge}, or with {@code @JsonUnwrapped} in an
 * object that is updated. Jackson ignores a value that is no object where a merged property is a bean, and reads the
 * attributes after an array as if they were in it; and it replaces an unwrapped value, whose absent attributes would be
 * lost.
 */
final class UpdatedProperties {
    /** The attribute of a context that holds the object that is updated now. */
    static final Object OBJECT = new Object();

    private UpdatedProperties() {}

    static Module module() {
        SimpleModule module = new SimpleModule(UpdatedProperties.class.getName());
        module.setDeserializerModifier(new Modifier());
        return module;
    }

    /** Returns the deserializer that a chain of delegating ones ends with. */
    static JsonDeserializer<?> last(JsonDeserializer<?> deserializer) {
        JsonDeserializer<?> last = deserializer;
        while (last instanceof DelegatingDeserializer && last.getDelegatee() != null) {
            last = last.getDelegatee();
        }
        return last;
    }

    private static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            Map<String, BeanPropertyDefinition> definitions = new HashMap<>();
            bean.findProperties().forEach(property -> definitions.put(property.getName(), property));
            List<SettableBeanProperty> updated = new ArrayList<>();
            builder.getProperties().forEachRemaining(property -> {
                MergeInfo merge = property.getMetadata().getMergeInfo();
                // Jackson treats these by their class. It reads them with the object, or merges them itself.
                boolean isOfItsOwnKind = property instanceof CreatorProperty || property instanceof SetterlessProperty;
                boolean isUnwrapped = unwrapping(property.getMember(), config) != null;
                if (!isOfItsOwnKind && (merge != null || isUnwrapped)) {
                    BeanPropertyDefinition definition = definitions.get(property.getName());
                    AnnotatedMember getter =
                            merge != null ? merge.getter : definition == null ? null : definition.getAccessor();
                    if (getter != null && config.canOverrideAccessModifiers()) {
                        getter.fixAccess(config.isEnabled(MapperFeature.OVERRIDE_PUBLIC_ACCESS_MODIFIERS));
                    }
                    updated.add(new UpdatedProperty(property, getter, merge, isUnwrapped));
                }
            });
            updated.forEach(property -> builder.addOrReplaceProperty(property, true));
            return builder;
        }
    }

    /** Returns how the names of the value's properties begin and end; null if the property is not unwrapped. */
    private static @Nullable NameTransformer unwrapping(
            @Nullable AnnotatedMember member, DeserializationConfig config) {
        return member == null ? null : config.getAnnotationIntrospector().findUnwrappingNameTransformer(member);
    }

    private static final class UpdatedProperty extends SettableBeanProperty.Delegating {
        private static final long serialVersionUID = 1L;

        /** Returns the present value; null if the class has no getter and no field. */
        private final @Nullable AnnotatedMember getter;

        /** How the value is merged; null if it is not. */
        private final transient @Nullable MergeInfo merge;

        private final boolean isUnwrapped;

        UpdatedProperty(
                SettableBeanProperty property,
                @Nullable AnnotatedMember getter,
                @Nullable MergeInfo merge,
                boolean isUnwrapped) {
            super(property);
            this.getter = getter;
            this.merge = merge;
            this.isUnwrapped = isUnwrapped;
        }

        @Override
        protected SettableBeanProperty withDelegate(SettableBeanProperty property) {
            return new UpdatedProperty(property, getter, merge, isUnwrapped);
        }

        /** Returns the metadata without how to merge, so that Jackson does not merge too. */
        @Override
        public PropertyMetadata getMetadata() {
            return super.getMetadata().withMergeInfo(null);
        }

        @Override
        public boolean isMerging() {
            return merge != null;
        }

        @Override
        public void deserializeAndSet(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            deserializeSetAndReturn(parser, context, bean);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the updated object, not an equal one
        public Object deserializeSetAndReturn(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            if (isUnwrapped && context.getAttribute(OBJECT) == bean) {
                return unwrap(parser, context, bean);
            } else if (merge != null && !parser.hasToken(JsonToken.VALUE_NULL) && merges(context, merge)) {
                return merge(parser, context, bean);
            }
            return delegate.deserializeSetAndReturn(parser, context, bean);
        }

        /** As Jackson decides it. */
        private boolean merges(DeserializationContext context, MergeInfo merge) throws IOException {
            Boolean may = _valueDeserializer.supportsUpdate(context.getConfig());
            if (Boolean.FALSE.equals(may) && !merge.fromDefaults) {
                context.handleBadMerge(_valueDeserializer);
            }
            return may == null ? !merge.fromDefaults : may;
        }

        @SuppressWarnings("ReferenceEquality") // the present value, not an equal one
        private Object merge(JsonParser parser, DeserializationContext context, Object bean) throws IOException {
            Object present = present(bean);
            boolean isBean = last(_valueDeserializer) instanceof BeanDeserializerBase
                    || (_valueTypeDeserializer != null && !(present instanceof Collection));
            // Otherwise the value is refused, or converted as the mapper is configured.
            boolean fits = !isBean || isObject(parser);
            Object value =
                    present == null || !fits ? delegate.deserialize(parser, context) : update(parser, context, present);
            return value == null || value == present ? bean : delegate.setAndReturn(bean, value);
        }

        /** Updates the present value if it can be changed, and otherwise replaces it, unless nothing of it was read. */
        private Object unwrap(JsonParser parser, DeserializationContext context, Object bean) throws IOException {
            Object present = present(bean);
            JsonDeserializer<?> last = last(_valueDeserializer);
            if (!(last instanceof BeanDeserializerBase)) {
                return delegate.deserializeSetAndReturn(parser, context, bean);
            }
            BeanDeserializerBase type = (BeanDeserializerBase) last;
            ValueInstantiator creators = type.getValueInstantiator();
            if (present != null
                    && !(type instanceof BuilderBasedDeserializer)
                    && creators.canCreateUsingDefault()
                    && !creators.canCreateFromObjectWith()) {
                return delegate.setAndReturn(bean, update(parser, context, present));
            }
            try (TokenBuffer unwrapped = context.bufferForInputBuffering(parser)) {
                unwrapped.copyCurrentStructure(parser);
                return isInOneOf(unwrapped.asParserOnFirstToken(), type, context)
                        ? delegate.deserializeSetAndReturn(unwrapped.asParserOnFirstToken(), context, bean)
                        : bean;
            }
        }

        /** Returns whether the type has one of the attributes; true if it takes any attribute. */
        private boolean isInOneOf(JsonParser parser, BeanDeserializerBase type, DeserializationContext context)
                throws IOException {
            DeserializationConfig config = context.getConfig();
            Set<String> nested = new HashSet<>();
            boolean isIn = !addNames(config.introspect(getType()), unwrapping(getMember(), config), config, nested);
            while (!isIn && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                isIn = type.findProperty(name) != null || nested.contains(name);
                parser.nextToken();
                parser.skipChildren();
            }
            return isIn;
        }

        /** Adds the names of the attributes of a type and of what is unwrapped in it; returns false if it takes any. */
        private static boolean addNames(
                BeanDescription type,
                @Nullable NameTransformer outer,
                DeserializationConfig config,
                Set<String> names) {
            if (type.findAnySetterAccessor() != null) {
                return false;
            }
            for (BeanPropertyDefinition property : type.findProperties()) {
                NameTransformer inner = unwrapping(property.getPrimaryMember(), config);
                NameTransformer both =
                        outer == null || inner == null ? inner : NameTransformer.chainedTransformer(outer, inner);
                if (inner == null) {
                    names.add(outer == null ? property.getName() : outer.transform(property.getName()));
                } else if (!addNames(config.introspect(property.getPrimaryType()), both, config, names)) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable Object present(Object bean) throws JsonMappingException {
            try {
                return getter == null ? null : getter.getValue(bean);
            } catch (IllegalArgumentException e) {
                if (merge != null) {
                    throw e; // Jackson adds the path, as it does not for an unwrapped property
                }
                throw JsonMappingException.wrapWithPath(e, bean, getName());
            }
        }

        private @Nullable Object update(JsonParser parser, DeserializationContext context, Object present)
                throws IOException {
            Object outer = context.getAttribute(OBJECT);
            context.setAttribute(OBJECT, present);
            try {
                return deserializeWith(parser, context, present);
            } finally {
                context.setAttribute(OBJECT, outer);
            }
        }

        private static boolean isObject(JsonParser parser) {
            return parser.hasToken(JsonToken.START_OBJECT)
                    || parser.hasToken(JsonToken.FIELD_NAME)
                    || parser.hasToken(JsonToken.END_OBJECT);
        }
    }
}
