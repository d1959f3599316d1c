package blackbox;

import static blackbox.CollectionContractsTest.attribute;
import static blackbox.CollectionContractsTest.dropsNulls;
import static blackbox.CollectionContractsTest.isMutable;
import static blackbox.CollectionContractsTest.list;
import static blackbox.CollectionContractsTest.value;
import static com.google.common.collect.testing.features.CollectionFeature.KNOWN_ORDER;

import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.TestCollectionGenerator;
import com.google.common.collect.testing.TestListGenerator;
import com.google.common.collect.testing.TestMapGenerator;
import com.google.common.collect.testing.TestSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import com.google.common.collect.testing.features.MapFeature;
import io.github.dynamodbcdc.PlainValues;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generators with which Guava's suites make collections of the elements they choose. */
final class CollectionGenerators {
    private CollectionGenerators() {}

    /** Maps made of attributes with five names and five values. */
    static final class Maps implements TestMapGenerator<String, Object> {
        private static final List<String> NAMES = List.of("b", "a", "d", "c", "e");

        final String name;
        private final List<Object> values;
        private final boolean changeable;
        private final boolean keepsNulls;
        private final UnaryOperator<Map<String, Object>> of;

        /** Maps of texts in a policy. */
        Maps(String name, PlainValues policy, UnaryOperator<Map<String, Object>> of) {
            this.name = name;
            this.of = of;
            values = List.of("v1", "v2", "v3", "v4", "v5");
            changeable = isMutable(policy);
            keepsNulls = !dropsNulls(policy);
        }

        /** Maps of views. */
        Maps(String name, UnaryOperator<Map<String, Object>> of) {
            this.name = name;
            this.of = of;
            values = Stream.of("v1", "v2", "v3", "v4", "v5")
                    .<Object>map(text -> attribute(value(text)))
                    .toList();
            changeable = false;
            keepsNulls = false;
        }

        List<Feature<?>> features() {
            List<Feature<?>> features =
                    new ArrayList<>(List.of(CollectionSize.ANY, KNOWN_ORDER, MapFeature.ALLOWS_ANY_NULL_QUERIES));
            if (changeable) {
                features.add(MapFeature.GENERAL_PURPOSE);
                features.add(MapFeature.ALLOWS_NULL_KEYS);
                features.add(MapFeature.FAILS_FAST_ON_CONCURRENT_MODIFICATION);
                features.add(CollectionFeature.SUPPORTS_ITERATOR_REMOVE);
            }
            if (changeable || keepsNulls) {
                features.add(MapFeature.ALLOWS_NULL_VALUES);
            }
            return features;
        }

        @Override
        public SampleElements<Map.Entry<String, Object>> samples() {
            return new SampleElements<>(sample(0), sample(1), sample(2), sample(3), sample(4));
        }

        private Map.Entry<String, Object> sample(int i) {
            return new SimpleImmutableEntry<>(NAMES.get(i), values.get(i));
        }

        /**
         * A record has no null names, and a policy may drop null values. Such entries, and those after them, are put
         * into the map after decoding.
         */
        @Override
        public Map<String, Object> create(Object... entries) {
            Map<String, Object> decoded = new LinkedHashMap<>();
            Map<String, Object> put = new LinkedHashMap<>();
            for (Object element : entries) {
                Map.Entry<?, ?> entry = (Map.Entry<?, ?>) element;
                boolean representable = entry.getKey() != null && (entry.getValue() != null || keepsNulls);
                if (!representable && !changeable) {
                    throw new NullPointerException();
                }
                Map<String, Object> target = representable && put.isEmpty() ? decoded : put;
                target.put((String) entry.getKey(), entry.getValue());
            }
            Map<String, Object> map = of.apply(decoded);
            if (!put.isEmpty()) {
                map.putAll(put);
            }
            return map;
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
        public Map.Entry<String, Object>[] createArray(int length) {
            return new Map.Entry[length];
        }

        @Override
        public String[] createKeyArray(int length) {
            return new String[length];
        }

        @Override
        public Object[] createValueArray(int length) {
            return new Object[length];
        }

        @Override
        public Iterable<Map.Entry<String, Object>> order(List<Map.Entry<String, Object>> insertionOrder) {
            return insertionOrder;
        }
    }

    /** A generator of collections that keep the given order. */
    abstract static class Generator implements TestCollectionGenerator<Object> {
        private final SampleElements<Object> samples;

        Generator(SampleElements<Object> samples) {
            this.samples = samples;
        }

        @Override
        public final SampleElements<Object> samples() {
            return samples;
        }

        @Override
        public final Object[] createArray(int length) {
            return new Object[length];
        }

        @Override
        public final Iterable<Object> order(List<Object> insertionOrder) {
            return insertionOrder;
        }
    }

    static final class Lists extends Generator implements TestListGenerator<Object> {
        private final boolean nulls;
        private final Function<List<?>, List<?>> of;

        Lists(SampleElements<Object> samples, boolean nulls, Function<List<?>, List<?>> of) {
            super(samples);
            this.nulls = nulls;
            this.of = of;
        }

        @Override
        public List<Object> create(Object... elements) {
            if (!nulls) {
                Arrays.asList(elements).forEach(Objects::requireNonNull);
            }
            return list(of.apply(Arrays.asList(elements)));
        }
    }

    static final class SetsOf extends Generator implements TestSetGenerator<Object> {
        private final boolean changeable;
        private final Function<List<?>, @Nullable Object> of;

        SetsOf(SampleElements<Object> samples, boolean changeable, Function<List<?>, @Nullable Object> of) {
            super(samples);
            this.changeable = changeable;
            this.of = of;
        }

        /** A record has no null members. Nulls, and the members after them, are added after decoding. */
        @Override
        @SuppressWarnings("unchecked") // sets of anything
        public Set<Object> create(Object... elements) {
            List<Object> all = Arrays.asList(elements);
            int decoded = all.contains(null) ? all.indexOf(null) : all.size();
            if (decoded < all.size() && !changeable) {
                throw new NullPointerException();
            }
            Set<Object> set = (Set<Object>) Objects.requireNonNull(of.apply(all.subList(0, decoded)));
            if (changeable) {
                set.addAll(all.subList(decoded, all.size()));
            }
            return set;
        }
    }
}
