package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.CreatorProperty;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requires an attribute for each primitive property of a bean that Jackson would leave at 0 or false. Jackson itself
 * requires the primitive parameters of creators.
 */
final class RequiredProperties {
    private RequiredProperties() {}

    /** Replaces the primitive properties that have no stated default with properties that count their values. */
    static void markIn(BeanDeserializerBuilder builder) {
        ValueInstantiator creators = builder.getValueInstantiator();
        if (creators.canCreateUsingDelegate() || creators.canCreateUsingArrayDelegate()) {
            return; // the creator receives the whole item, not properties
        }
        List<SettableBeanProperty> primitives = new ArrayList<>();
        builder.getProperties().forEachRemaining(property -> {
            if (property.getType().isPrimitive()
                    && !property.getMetadata().hasDefaultValue()
                    && !isSetByCreator(property, creators.canCreateFromObjectWith())) {
                primitives.add(property);
            }
        });
        for (SettableBeanProperty property : primitives) {
            builder.addOrReplaceProperty(new RequiredProperty(property), true);
        }
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
        return RequiringDeserializer.requiredOf(bean) == 0 ? bean : new RequiringDeserializer(bean);
    }

    /** The number of required properties read so far of the current bean. Nested beans have separate counts. */
    private static final class Count {
        final @Nullable Count outer;
        int properties;

        Count(@Nullable Count outer) {
            this.outer = outer;
        }

        static @Nullable Count of(DeserializationContext context) {
            return (Count) context.getAttribute(Count.class);
        }

        static void add(DeserializationContext context) {
            Count count = of(context);
            if (count != null) {
                count.properties++; // each property at most once, because the names of an item are distinct
            }
        }
    }

    private static final class RequiredProperty extends SettableBeanProperty.Delegating {
        private static final long serialVersionUID = 1L;

        RequiredProperty(SettableBeanProperty property) {
            super(property);
        }

        @Override
        protected SettableBeanProperty withDelegate(SettableBeanProperty property) {
            return new RequiredProperty(property);
        }

        /** Counts when a value is read, because a value that precedes the creator's last parameter is set later. */
        @Override
        public SettableBeanProperty withValueDeserializer(JsonDeserializer<?> deserializer) {
            return super.withValueDeserializer(
                    deserializer instanceof CountedDeserializer ? deserializer : new CountedDeserializer(deserializer));
        }

        @Override
        public void deserializeAndSet(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            countNull(parser, context);
            delegate.deserializeAndSet(parser, context, bean);
        }

        @Override
        public Object deserializeSetAndReturn(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            countNull(parser, context);
            return delegate.deserializeSetAndReturn(parser, context, bean);
        }

        /**
         * Counts a NULL, which does not reach the deserializer: the property refuses it, or skips it if annotated so.
         */
        private static void countNull(JsonParser parser, DeserializationContext context) {
            if (parser.hasToken(JsonToken.VALUE_NULL)) {
                Count.add(context);
            }
        }
    }

    private static final class CountedDeserializer extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        CountedDeserializer(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new CountedDeserializer(delegate);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Count.add(context);
            return super.deserialize(parser, context);
        }
    }

    private static final class RequiringDeserializer extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        private final int required;

        RequiringDeserializer(JsonDeserializer<?> delegate) {
            super(delegate);
            required = requiredOf(delegate);
        }

        /** Returns the number of required properties, except those that are ignored where the bean is used. */
        static int requiredOf(JsonDeserializer<?> deserializer) {
            int required = 0;
            if (deserializer instanceof BeanDeserializerBase) {
                for (Iterator<SettableBeanProperty> all = ((BeanDeserializerBase) deserializer).properties();
                        all.hasNext(); ) {
                    required += all.next() instanceof RequiredProperty ? 1 : 0;
                }
            }
            return required;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new RequiringDeserializer(delegate);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            // At END_OBJECT, the object had a type id and no other member.
            boolean object = parser.hasToken(JsonToken.START_OBJECT)
                    || parser.hasToken(JsonToken.FIELD_NAME)
                    || parser.hasToken(JsonToken.END_OBJECT);
            Count count = new Count(Count.of(context));
            context.setAttribute(Count.class, count);
            try {
                Object bean = super.deserialize(parser, context);
                if (object && bean != null && count.properties < required) {
                    throw new UnfitValueException(parser, handledType(), "an absent attribute of a primitive property");
                }
                return bean;
            } finally {
                context.setAttribute(Count.class, count.outer);
            }
        }

        /** Requires nothing of an item that updates an object: absent attributes leave its properties unchanged. */
        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context, Object bean)
                throws IOException {
            Count outer = Count.of(context);
            context.setAttribute(Count.class, new Count(outer));
            try {
                return super.deserialize(parser, context, bean);
            } finally {
                context.setAttribute(Count.class, outer);
            }
        }
    }
}
