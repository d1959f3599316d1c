package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.CreatorProperty;
import com.fasterxml.jackson.databind.deser.NullValueProvider;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.impl.NullsConstantProvider;
import com.fasterxml.jackson.databind.deser.impl.ObjectIdReader;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.util.AccessPattern;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requires an attribute for each primitive property of a bean that Jackson would leave at 0 or false. Jackson itself
 * requires the primitive parameters of creators.
 */
final class RequiredProperties {
    private RequiredProperties() {}

    /** Replaces the primitive properties that may not be absent with properties that note their values. */
    static void markIn(BeanDeserializerBuilder builder, OmittedDefaults omitted) {
        ValueInstantiator creators = builder.getValueInstantiator();
        if (creators.canCreateUsingDelegate() || creators.canCreateUsingArrayDelegate()) {
            return; // the creator receives the whole item, not properties
        }
        List<SettableBeanProperty> primitives = new ArrayList<>();
        builder.getProperties().forEachRemaining(property -> {
            if (property.getType().isPrimitive()
                    && !property.getMetadata().hasDefaultValue()
                    && !isSetByCreator(property, creators.canCreateFromObjectWith())
                    && !omitted.isDefaultOf(property, builder)) {
                primitives.add(property);
            }
        });
        Object bean = new Object();
        for (int i = 0; i < primitives.size(); i++) {
            builder.addOrReplaceProperty(new RequiredProperty(primitives.get(i), new Mark(bean, i)), true);
        }
        ObjectIdReader id = builder.getObjectIdReader();
        if (id != null && id.idProperty != null) {
            builder.setObjectIdReader(noting(id, builder.findProperty(id.propertyName)));
        }
    }

    /** Returns a reader of an object's id that notes the id's value if it is a required property. */
    static ObjectIdReader noting(ObjectIdReader id, @Nullable SettableBeanProperty property) {
        return !(property instanceof RequiredProperty) || id.getDeserializer() instanceof NotedDeserializer
                ? id
                : ObjectIdReader.construct(
                        id.getIdType(),
                        id.propertyName,
                        id.generator,
                        new NotedDeserializer(id.getDeserializer(), ((RequiredProperty) property).mark),
                        property,
                        id.resolver);
    }

    /**
     * Returns whether the creator sets the property: its parameter, or a field that Jackson takes for a property
     * because it has a getter. The parameter may have another name than the field.
     */
    private static boolean isSetByCreator(SettableBeanProperty property, boolean hasCreator) {
        if (property instanceof CreatorProperty) {
            return true;
        }
        AnnotatedMember member = property.getMember();
        if (!(member instanceof AnnotatedField) || member.hasAnnotation(JsonProperty.class)) {
            return false;
        }
        int modifiers = ((AnnotatedField) member).getAnnotated().getModifiers();
        return Modifier.isFinal(modifiers) || (hasCreator && !Modifier.isPublic(modifiers));
    }

    /** Returns a deserializer that refuses items without the marked properties of the bean. */
    static JsonDeserializer<?> require(JsonDeserializer<?> bean) {
        RequiringDeserializer requiring = new RequiringDeserializer(bean);
        return requiring.required.isEmpty() ? bean : requiring;
    }

    /** Names a required property of one bean, because its name may change where the bean is unwrapped. */
    static final class Mark {
        final Object bean;
        final int index;

        Mark(Object bean, int index) {
            this.bean = bean;
            this.index = index;
        }

        /** Notes that the property has a value, also one that is null. */
        @SuppressWarnings("ReferenceEquality") // of tokens
        void note(DeserializationContext context) {
            Noted noted = Noted.of(context);
            if (noted != null && noted.bean == bean) {
                noted.properties.set(index);
            }
        }
    }

    /** The required properties of the current bean that were read so far. Nested beans have separate ones. */
    static final class Noted {
        final @Nullable Noted outer;
        final @Nullable Object bean;
        final BitSet properties = new BitSet();

        /** The deserializer of the subclass that a creator returned, or of another object that was updated. */
        @Nullable
        RequiringDeserializer updating;

        /** The names of the properties that it read; null if it is null. */
        @Nullable
        Set<String> updated;

        Noted(@Nullable Noted outer, @Nullable Object bean) {
            this.outer = outer;
            this.bean = bean;
        }

        boolean lacksOneOf(BitSet required) {
            int i = required.nextSetBit(0);
            while (i >= 0 && properties.get(i)) {
                i = required.nextSetBit(i + 1);
            }
            return i >= 0;
        }

        static @Nullable Noted of(DeserializationContext context) {
            return (Noted) context.getAttribute(Noted.class);
        }
    }

    /**
     * Notes when a value is read, not when it is set: Jackson sets a value that precedes the creator's last parameter
     * later, without the context.
     */
    static final class RequiredProperty extends SettableBeanProperty.Delegating {
        private static final long serialVersionUID = 1L;

        final transient Mark mark;

        RequiredProperty(SettableBeanProperty property, Mark mark) {
            super(property);
            this.mark = mark;
        }

        @Override
        protected SettableBeanProperty withDelegate(SettableBeanProperty property) {
            return new RequiredProperty(property, mark);
        }

        @Override
        public SettableBeanProperty withValueDeserializer(JsonDeserializer<?> deserializer) {
            return super.withValueDeserializer(
                    deserializer instanceof NotedDeserializer
                            ? deserializer
                            : new NotedDeserializer(deserializer, mark));
        }

        @Override
        public SettableBeanProperty withNullProvider(NullValueProvider nulls) {
            return super.withNullProvider(
                    nulls instanceof NotedNulls || nulls instanceof NotedDeserializer
                            ? nulls
                            : new NotedNulls(nulls, mark));
        }

        @Override
        public void deserializeAndSet(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            if (skipsNulls()) {
                set(bean, deserialize(parser, context));
            } else {
                delegate.deserializeAndSet(parser, context, bean);
            }
        }

        @Override
        public Object deserializeSetAndReturn(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            return skipsNulls()
                    ? setAndReturn(bean, deserialize(parser, context))
                    : delegate.deserializeSetAndReturn(parser, context, bean);
        }

        @Override
        public void set(Object bean, @Nullable Object value) throws IOException {
            if (value != null || !skipsNulls()) {
                delegate.set(bean, value);
            }
        }

        @Override
        public Object setAndReturn(Object bean, @Nullable Object value) throws IOException {
            return value == null && skipsNulls() ? bean : delegate.setAndReturn(bean, value);
        }

        /** Returns whether the property is annotated so, which the delegate does not see. */
        private boolean skipsNulls() {
            return _nullProvider instanceof NotedNulls
                    && NullsConstantProvider.isSkipper(((NotedNulls) _nullProvider).nulls);
        }
    }

    /** Notes a NULL, which does not reach the deserializer. */
    private static final class NotedNulls implements NullValueProvider {
        final NullValueProvider nulls;
        private final Mark mark;

        NotedNulls(NullValueProvider nulls, Mark mark) {
            this.nulls = nulls;
            this.mark = mark;
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) throws JsonMappingException {
            mark.note(context);
            return nulls.getNullValue(context);
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
            return nulls.getAbsentValue(context);
        }

        @Override
        public AccessPattern getNullAccessPattern() {
            return AccessPattern.DYNAMIC;
        }
    }

    private static final class NotedDeserializer extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        private final transient Mark mark;

        NotedDeserializer(JsonDeserializer<?> delegate, Mark mark) {
            super(delegate);
            this.mark = mark;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new NotedDeserializer(delegate, mark);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            mark.note(context);
            return super.deserialize(parser, context);
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) throws JsonMappingException {
            mark.note(context);
            return super.getNullValue(context);
        }
    }
}
