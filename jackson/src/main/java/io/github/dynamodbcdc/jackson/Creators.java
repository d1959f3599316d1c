package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.BuilderBasedDeserializer;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdValueInstantiator;
import com.fasterxml.jackson.databind.introspect.AnnotatedWithParams;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates an object from a number as Jackson does from plain JSON. Jackson's own parser says that a fraction is a
 * double, and the parser of an item that it is a decimal. Jackson would give a decimal to any constructor of a
 * BigDecimal, even a private one, although another creator is annotated.
 *
 * <p>The creator of a BigDecimal keeps the decimal if it is annotated, if it is public and the creator of a double is
 * not annotated, or if there is no other. Where it is the only creator of a number, it gets integers too, which Jackson
 * would refuse: DynamoDB writes 10.00 as 10.
 */
final class Creators {
    private Creators() {}

    static Module module() {
        SimpleModule module = new SimpleModule(Creators.class.getName());
        module.setDeserializerModifier(new CreatorModifier());
        return module;
    }

    private static final class CreatorModifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            ValueInstantiator creators = builder.getValueInstantiator();
            if (creators.getClass() == StdValueInstantiator.class) { // another one is the user's
                builder.setValueInstantiator(new OfNumbers(creators, prefersDecimal(creators, bean, config)));
            }
            return builder;
        }

        private static boolean prefersDecimal(
                ValueInstantiator creators, BeanDescription bean, DeserializationConfig config) {
            AnnotationIntrospector annotations = config.getAnnotationIntrospector();
            boolean isPublic = false;
            boolean isAnnotated = false;
            boolean isDoubleAnnotated = false;
            List<AnnotatedWithParams> all = new ArrayList<>(bean.getConstructors());
            all.addAll(bean.getFactoryMethods());
            for (AnnotatedWithParams creator : all) {
                Class<?> type = creator.getParameterCount() == 1 ? creator.getRawParameterType(0) : null;
                if (type == BigDecimal.class) {
                    isPublic |= Modifier.isPublic(creator.getMember().getModifiers());
                    isAnnotated |= isAnnotated(creator, annotations, config);
                } else if (type == double.class || type == Double.class) {
                    isDoubleAnnotated |= isAnnotated(creator, annotations, config);
                }
            }
            boolean isAlone = !creators.canCreateFromDouble() && !creators.canCreateUsingDelegate();
            boolean isPreferred = creators.canCreateFromDouble() && isPublic && !isDoubleAnnotated;
            return creators.canCreateFromBigDecimal() && (isAlone || isAnnotated || isPreferred);
        }

        /** Returns whether an annotation makes a creator one of a value, and not one of a property. */
        private static boolean isAnnotated(
                AnnotatedWithParams creator, AnnotationIntrospector annotations, DeserializationConfig config) {
            JsonCreator.Mode mode = annotations.findCreatorAnnotation(config, creator);
            return mode == JsonCreator.Mode.DELEGATING
                    || (mode == JsonCreator.Mode.DEFAULT
                            && annotations.findNameForDeserialization(creator.getParameter(0)) == null);
        }

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
            return deserializer instanceof BuilderBasedDeserializer ? new Built(deserializer) : deserializer;
        }
    }

    private static final class OfNumbers extends ValueInstantiator.Delegating {
        private static final long serialVersionUID = 1L;

        private final boolean prefersDecimal;

        OfNumbers(ValueInstantiator creators, boolean prefersDecimal) {
            super(creators);
            this.prefersDecimal = prefersDecimal;
        }

        @Override
        public ValueInstantiator createContextual(DeserializationContext context, BeanDescription bean)
                throws JsonMappingException {
            return new OfNumbers(delegate().createContextual(context, bean), prefersDecimal);
        }

        /** Jackson's own does not count these creators, and says that the class has none. */
        @Override
        public boolean canInstantiate() {
            ValueInstantiator creators = delegate();
            return creators.canInstantiate()
                    || creators.canCreateFromBigInteger()
                    || creators.canCreateFromBigDecimal();
        }

        @Override
        public boolean canCreateFromBigDecimal() {
            return prefersDecimal || delegate().canCreateFromDouble();
        }

        @Override
        public @Nullable Object createFromBigDecimal(DeserializationContext context, BigDecimal value)
                throws IOException {
            if (!delegate().canCreateFromBigDecimal() && !delegate().canInstantiate()) {
                return refuse(context);
            }
            if (prefersDecimal || !delegate().canCreateFromDouble()) {
                return super.createFromBigDecimal(context, value);
            }
            double nearest = value.doubleValue();
            if (Double.isInfinite(nearest)) {
                throw UnfitValueException.outOfRange(context.getParser(), double.class);
            }
            return createFromDouble(context, nearest);
        }

        @Override
        public @Nullable Object createFromInt(DeserializationContext context, int value) throws IOException {
            return takesIntegers()
                    ? super.createFromBigDecimal(context, BigDecimal.valueOf(value))
                    : super.createFromInt(context, value);
        }

        @Override
        public @Nullable Object createFromLong(DeserializationContext context, long value) throws IOException {
            return takesIntegers()
                    ? super.createFromBigDecimal(context, BigDecimal.valueOf(value))
                    : super.createFromLong(context, value);
        }

        @Override
        public @Nullable Object createFromBigInteger(DeserializationContext context, BigInteger value)
                throws IOException {
            return takesIntegers()
                    ? super.createFromBigDecimal(context, new BigDecimal(value))
                    : super.createFromBigInteger(context, value);
        }

        @Override
        public @Nullable Object createFromBoolean(DeserializationContext context, boolean value) throws IOException {
            return delegate().canInstantiate() ? super.createFromBoolean(context, value) : refuse(context);
        }

        @Override
        public @Nullable Object createFromString(DeserializationContext context, String value) throws IOException {
            return delegate().canInstantiate() ? super.createFromString(context, value) : refuse(context);
        }

        /** Refuses a value of a class with other creators. Jackson would refuse the class. */
        private @Nullable Object refuse(DeserializationContext context) throws IOException {
            return context.handleMissingInstantiator(
                    getValueClass(), this, context.getParser(), "no creator of such a value");
        }

        /** Returns whether the creator of a BigDecimal is the only one of a number. */
        private boolean takesIntegers() {
            ValueInstantiator creators = delegate();
            return prefersDecimal
                    && !creators.canCreateFromInt()
                    && !creators.canCreateFromLong()
                    && !creators.canCreateFromBigInteger()
                    && !creators.canCreateFromDouble();
        }

        /** Jackson's class does not delegate it, nor the next one. */
        @Override
        public boolean canCreateFromBigInteger() {
            return delegate().canCreateFromBigInteger();
        }

        @Override
        public Object createUsingDefaultOrWithoutArguments(DeserializationContext context) throws IOException {
            return delegate().createUsingDefaultOrWithoutArguments(context);
        }
    }

    /** Refuses B for a class with a builder. Jackson returns its {@code byte[]} as if it were of the class. */
    static final class Built extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        Built(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new Built(delegate);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            UnfitValueException.refuseBinary(parser, handledType());
            return super.deserialize(parser, context);
        }
    }
}
