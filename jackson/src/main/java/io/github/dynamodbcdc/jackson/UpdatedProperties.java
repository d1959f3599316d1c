package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Updates the value of a property that is annotated with {@code @JsonMerge}, or with {@code @JsonUnwrapped} in an
 * object that is updated. Jackson ignores a value that is no object where such a property is a bean, and reads the
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

    private static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            Map<String, AnnotatedMember> unwrapped = new HashMap<>();
            for (BeanPropertyDefinition property : bean.findProperties()) {
                AnnotatedMember setter = property.getMutator();
                boolean isUnwrapped = setter != null
                        && config.getAnnotationIntrospector().findUnwrappingNameTransformer(setter) != null;
                if (isUnwrapped && property.getAccessor() != null) {
                    property.getAccessor().fixAccess(true);
                    unwrapped.put(property.getName(), property.getAccessor());
                }
            }
            Map<String, UpdatedProperty> updated = new HashMap<>();
            builder.getProperties().forEachRemaining(property -> {
                AnnotatedMember getter = unwrapped.get(property.getName());
                if (getter != null || property.getMetadata().getMergeInfo() != null) {
                    updated.put(property.getName(), new UpdatedProperty(property, getter));
                }
            });
            updated.values().forEach(property -> builder.addOrReplaceProperty(property, true));
            return builder;
        }
    }

    private static final class UpdatedProperty extends SettableBeanProperty.Delegating {
        private static final long serialVersionUID = 1L;

        /** Returns the present value of an unwrapped property; null for another property. */
        private final @Nullable AnnotatedMember getter;

        UpdatedProperty(SettableBeanProperty property, @Nullable AnnotatedMember getter) {
            super(property);
            this.getter = getter;
        }

        @Override
        protected SettableBeanProperty withDelegate(SettableBeanProperty property) {
            return new UpdatedProperty(property, getter);
        }

        @Override
        public SettableBeanProperty withValueDeserializer(JsonDeserializer<?> deserializer) {
            return super.withValueDeserializer(
                    deserializer instanceof UpdatingDeserializer
                            ? deserializer
                            : new UpdatingDeserializer(deserializer));
        }

        @Override
        public void deserializeAndSet(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            deserializeSetAndReturn(parser, context, bean);
        }

        @Override
        public Object deserializeSetAndReturn(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            Object value = present(context, bean);
            return value == null
                    ? delegate.deserializeSetAndReturn(parser, context, bean)
                    : delegate.setAndReturn(bean, deserializeWith(parser, context, value));
        }

        @SuppressWarnings("ReferenceEquality") // the updated object, not an equal one
        private @Nullable Object present(DeserializationContext context, Object bean) {
            boolean keeps = getter != null
                    && context.getAttribute(OBJECT) == bean
                    && _valueDeserializer instanceof UpdatingDeserializer
                    && ((UpdatingDeserializer) (JsonDeserializer<?>) _valueDeserializer).setsProperties();
            return keeps && getter != null ? getter.getValue(bean) : null;
        }
    }

    private static final class UpdatingDeserializer extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        UpdatingDeserializer(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new UpdatingDeserializer(delegate);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context, Object object)
                throws IOException {
            if (bean() != null && !isObject(parser)) {
                return deserialize(parser, context); // refuses it, or converts it as the mapper is configured
            }
            Object outer = context.getAttribute(OBJECT);
            context.setAttribute(OBJECT, object);
            try {
                return super.deserialize(parser, context, object);
            } finally {
                context.setAttribute(OBJECT, outer);
            }
        }

        private static boolean isObject(JsonParser parser) {
            return parser.hasToken(JsonToken.START_OBJECT)
                    || parser.hasToken(JsonToken.FIELD_NAME)
                    || parser.hasToken(JsonToken.END_OBJECT);
        }

        /** Returns whether Jackson can change an object after it was created. */
        boolean setsProperties() {
            BeanDeserializerBase bean = bean();
            ValueInstantiator creators = bean == null ? null : bean.getValueInstantiator();
            return creators != null && creators.canCreateUsingDefault() && !creators.canCreateFromObjectWith();
        }

        /** Returns Jackson's deserializer of a bean; null if the value is something else. */
        private @Nullable BeanDeserializerBase bean() {
            JsonDeserializer<?> deserializer = _delegatee;
            while (deserializer instanceof DelegatingDeserializer) {
                deserializer = deserializer.getDelegatee();
            }
            return deserializer instanceof BeanDeserializerBase ? (BeanDeserializerBase) deserializer : null;
        }
    }
}
