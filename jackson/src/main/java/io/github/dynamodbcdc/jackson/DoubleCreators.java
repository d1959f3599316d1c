package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.module.SimpleModule;

/**
 * Makes a creator of a double the one for every fraction. Jackson's own parser says that a fraction is a double, and
 * the parser of an item that it is a decimal. Jackson gives a decimal to a creator that delegates to another type, if
 * there is one and none for a decimal.
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
            if (creators.canCreateFromDouble() && !creators.canCreateFromBigDecimal()) {
                builder.setValueInstantiator(new OfDecimals(creators));
            }
            return builder;
        }
    }

    /** Takes decimals too, which Jackson's instantiator then converts to the nearest double. */
    private static final class OfDecimals extends ValueInstantiator.Delegating {
        private static final long serialVersionUID = 1L;

        OfDecimals(ValueInstantiator creators) {
            super(creators);
        }

        @Override
        public boolean canCreateFromBigDecimal() {
            return true;
        }
    }
}
