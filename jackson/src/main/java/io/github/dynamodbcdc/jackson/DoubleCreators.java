package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.introspect.AnnotatedWithParams;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a creator of a double the one for every fraction, as in plain JSON. Jackson's own parser says that a fraction
 * is a double, and the parser of an item that it is a decimal. Jackson gives a decimal to any constructor of a
 * BigDecimal, even a private one, or to a creator that delegates to another type. A creator of a BigDecimal that is
 * annotated keeps every digit.
 */
final class DoubleCreators {
    private DoubleCreators() {}

    static Module module() {
        SimpleModule module = new SimpleModule(DoubleCreators.class.getName());
        module.setDeserializerModifier(new Modifier());
        return module;
    }

    private static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            ValueInstantiator creators = builder.getValueInstantiator();
            boolean isExact = creators.canCreateFromBigDecimal() && hasCreatorOfDecimal(config, bean);
            if (creators.canCreateFromDouble() && !isExact) {
                builder.setValueInstantiator(new OfDecimals(creators));
            }
            return builder;
        }

        /** Returns whether the class, or a mix-in, annotates a creator whose one parameter is a BigDecimal. */
        private static boolean hasCreatorOfDecimal(DeserializationConfig config, BeanDescription bean) {
            AnnotationIntrospector annotations = config.getAnnotationIntrospector();
            Stream<AnnotatedWithParams> creators =
                    Stream.concat(bean.getConstructors().stream(), bean.getFactoryMethods().stream());
            return creators.anyMatch(creator -> {
                JsonCreator.Mode mode = annotations.findCreatorAnnotation(config, creator);
                return creator.getParameterCount() == 1
                        && creator.getRawParameterType(0) == BigDecimal.class
                        && (mode == JsonCreator.Mode.DEFAULT || mode == JsonCreator.Mode.DELEGATING);
            });
        }
    }

    /** Gives decimals to the creator of a double, as the nearest double. */
    private static final class OfDecimals extends ValueInstantiator.Delegating {
        private static final long serialVersionUID = 1L;

        OfDecimals(ValueInstantiator creators) {
            super(creators);
        }

        @Override
        public boolean canCreateFromBigDecimal() {
            return true;
        }

        @Override
        public @Nullable Object createFromBigDecimal(DeserializationContext context, BigDecimal value)
                throws IOException {
            double nearest = value.doubleValue();
            if (Double.isInfinite(nearest)) {
                throw UnfitValueException.outOfRange(context.getParser(), double.class);
            }
            return createFromDouble(context, nearest);
        }
    }
}
