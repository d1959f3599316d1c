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
 * Gives a fraction to the creator that takes it from plain JSON. Jackson's own parser says that a fraction is a double,
 * and the parser of an item that it is a decimal. Jackson would give a decimal to any constructor of a BigDecimal, even
 * a private one, although the class has a creator of a double, or one that delegates to another type.
 *
 * <p>Every digit is kept where it can be: a creator of a BigDecimal that is annotated comes first, and so does a public
 * one beside a creator of a double that is not annotated. Such a creator gets the integers, too, that no other one
 * takes exactly: DynamoDB writes 10.00 as 10. A creator of a double gets integers of any size, as a property does,
 * unless the class has one of an int or a long: then Jackson's rule applies, which refuses those beyond a long.
 *
 * <p>Refuses B where a builder creates the object.
 */
final class Creators {
    private Creators() {}

    static Module module() {
        SimpleModule module = new SimpleModule(Creators.class.getName());
        module.setDeserializerModifier(new CreatorModifier());
        return module;
    }

    private static List<AnnotatedWithParams> creatorsOf(BeanDescription bean) {
        List<AnnotatedWithParams> creators = new ArrayList<>(bean.getConstructors());
        creators.addAll(bean.getFactoryMethods());
        return creators;
    }

    private static final class CreatorModifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            boolean mayTakeNumbers = creatorsOf(bean).stream().anyMatch(creator -> creator.getParameterCount() == 1);
            // Modules that generate code for a class leave a subclass of the builder alone.
            return mayTakeNumbers ? new OfNumbersBuilder(builder, bean, config) : builder;
        }

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
            return deserializer instanceof BuilderBasedDeserializer ? new Built(deserializer) : deserializer;
        }
    }

    /** Applies to an instantiator that a later modifier sets, too. */
    private static final class OfNumbersBuilder extends BeanDeserializerBuilder {
        private final BeanDescription bean;
        private final DeserializationConfig config;

        OfNumbersBuilder(BeanDeserializerBuilder builder, BeanDescription bean, DeserializationConfig config) {
            super(builder);
            this.bean = bean;
            this.config = config;
            setValueInstantiator(builder.getValueInstantiator());
        }

        @Override
        public void setValueInstantiator(ValueInstantiator creators) {
            boolean takesNumbers = creators.canCreateFromDouble()
                    || creators.canCreateFromBigDecimal()
                    || creators.canCreateFromBigInteger();
            super.setValueInstantiator(
                    takesNumbers ? new OfNumbers(creators, prefersDecimal(creators, bean, config)) : creators);
        }

        private static boolean prefersDecimal(
                ValueInstantiator creators, BeanDescription bean, DeserializationConfig config) {
            AnnotationIntrospector annotations = config.getAnnotationIntrospector();
            boolean isPublic = false;
            boolean isAnnotated = false;
            boolean isDoubleAnnotated = false;
            for (AnnotatedWithParams creator : creatorsOf(bean)) {
                Class<?> type = creator.getParameterCount() == 1 ? creator.getRawParameterType(0) : null;
                boolean isDouble = type == double.class || type == Double.class;
                JsonCreator.Mode mode = isDouble || type == BigDecimal.class
                        ? annotations.findCreatorAnnotation(config, creator)
                        : JsonCreator.Mode.DISABLED;
                boolean isOfValue = mode == JsonCreator.Mode.DELEGATING
                        || (mode == JsonCreator.Mode.DEFAULT
                                && annotations.findNameForDeserialization(creator.getParameter(0)) == null);
                isAnnotated |= isOfValue && !isDouble;
                isDoubleAnnotated |= isOfValue && isDouble;
                isPublic |= mode == null
                        && !isDouble
                        && Modifier.isPublic(creator.getMember().getModifiers());
            }
            boolean isFirst = creators.canCreateFromDouble()
                    ? isPublic && !isDoubleAnnotated
                    : !creators.canCreateUsingDelegate();
            return creators.canCreateFromBigDecimal() && (isAnnotated || isFirst);
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
                            || (keepsIntegers() && !takesLongs() && !delegate().canCreateFromInt())
                    ? super.createFromBigDecimal(context, BigDecimal.valueOf(value))
                    : super.createFromInt(context, value);
        }

        @Override
        public @Nullable Object createFromLong(DeserializationContext context, long value) throws IOException {
            return takesIntegers() || (keepsIntegers() && !takesLongs())
                    ? super.createFromBigDecimal(context, BigDecimal.valueOf(value))
                    : super.createFromLong(context, value);
        }

        @Override
        public @Nullable Object createFromBigInteger(DeserializationContext context, BigInteger value)
                throws IOException {
            ValueInstantiator creators = delegate();
            boolean isDouble = creators.canCreateFromDouble() && !creators.canCreateFromInt() && !takesLongs();
            boolean isDecimal = takesIntegers() || keepsIntegers();
            return isKnown() && (isDecimal || isDouble) && !creators.canCreateFromBigInteger()
                    ? createFromBigDecimal(context, new BigDecimal(value))
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

        /** Returns whether the only creator of the class takes a BigDecimal. */
        private boolean takesIntegers() {
            ValueInstantiator creators = delegate();
            return creators.canCreateFromBigDecimal()
                    && !creators.canInstantiate() // which leaves out those of BigDecimal and BigInteger
                    && !creators.canCreateFromBigInteger();
        }

        /** Returns whether integers that no creator of integers takes keep their digits in that of a BigDecimal. */
        private boolean keepsIntegers() {
            ValueInstantiator creators = delegate();
            boolean takesNumbers = creators.canCreateFromDouble() || creators.canCreateFromInt() || takesLongs();
            return isKnown() && prefersDecimal && takesNumbers && !creators.canCreateFromBigInteger();
        }

        private boolean takesLongs() {
            return delegate().canCreateFromLong();
        }

        /** Returns whether the creators are Jackson's own. Others forget to say what they can. */
        private boolean isKnown() {
            return delegate() instanceof StdValueInstantiator;
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
            Object built = super.deserialize(parser, context);
            UnfitValueException.refuseBinary(built, parser, handledType());
            return built;
        }
    }
}
