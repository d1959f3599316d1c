package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.impl.BeanAsArrayBuilderDeserializer;
import com.fasterxml.jackson.databind.deser.impl.BeanAsArrayDeserializer;
import com.fasterxml.jackson.databind.deser.impl.ObjectIdReader;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import io.github.dynamodbcdc.jackson.RequiredProperties.Mark;
import io.github.dynamodbcdc.jackson.RequiredProperties.Noted;
import io.github.dynamodbcdc.jackson.RequiredProperties.RequiredProperty;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a bean, and refuses an item that lacks one of its {@link RequiredProperties}. */
final class RequiringDeserializer extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /** The indexes of the required properties, except those that are ignored where the bean is used. */
    final transient BitSet required = new BitSet();

    /** The names of these properties by index. */
    private final transient Map<Integer, String> names = new HashMap<>();

    private @Nullable transient Object marked;

    /** Whether the bean is a list of the values of its properties, {@code @JsonFormat(shape = ARRAY)}. */
    private final boolean readsArrays;

    RequiringDeserializer(JsonDeserializer<?> delegate) {
        super(delegate);
        readsArrays = delegate instanceof BeanAsArrayDeserializer || delegate instanceof BeanAsArrayBuilderDeserializer;
        if (delegate instanceof BeanDeserializerBase) {
            ((BeanDeserializerBase) delegate).properties().forEachRemaining(this::require);
            ObjectIdReader id = delegate.getObjectIdReader(); // has replaced the property
            if (id != null && id.idProperty != null) {
                require(id.idProperty);
            }
        }
    }

    private void require(SettableBeanProperty property) {
        if (property instanceof RequiredProperty) {
            Mark mark = ((RequiredProperty) property).mark;
            marked = mark.bean;
            required.set(mark.index);
            names.put(mark.index, property.getName());
        }
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
        ObjectIdReader id = delegate instanceof BeanDeserializerBase ? delegate.getObjectIdReader() : null;
        // An annotation of the property that refers to the bean has replaced the reader of its id.
        return new RequiringDeserializer(
                id == null
                        ? delegate
                        : ((BeanDeserializerBase) delegate)
                                .withObjectIdReader(RequiredProperties.noting(id, id.idProperty)));
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        // At END_OBJECT, the object had a type id and no other member.
        boolean object = parser.hasToken(JsonToken.START_OBJECT)
                || parser.hasToken(JsonToken.FIELD_NAME)
                || parser.hasToken(JsonToken.END_OBJECT)
                || (parser.hasToken(JsonToken.START_ARRAY) && readsArrays);
        Noted noted = new Noted(Noted.of(context), marked);
        context.setAttribute(Noted.class, noted);
        try {
            Object bean = super.deserialize(parser, context);
            if (object && bean != null && lacksOneOfRequired(noted, bean)) {
                throw new UnfitValueException(parser, handledType(), "an absent attribute of a primitive property");
            }
            return bean;
        } finally {
            context.setAttribute(Noted.class, noted.outer);
        }
    }

    /**
     * Returns whether a required property is absent. If a creator returned a subclass, its deserializer read the
     * attributes after the creator's and those unknown to this class, and requires more.
     */
    private boolean lacksOneOfRequired(Noted noted, Object bean) {
        RequiringDeserializer subclass = noted.updating;
        Set<String> updated = noted.updated;
        boolean isSubclass = bean.getClass() != handledType();
        if (!isSubclass || subclass == null || updated == null || bean.getClass() != subclass.handledType()) {
            return noted.lacksOneOf(required);
        }
        addNames(noted, updated);
        return !updated.containsAll(subclass.names.values());
    }

    private void addNames(Noted noted, Set<String> to) {
        names.forEach((index, name) -> {
            if (noted.properties.get(index)) {
                to.add(name);
            }
        });
    }

    /** Requires nothing of an item that updates an object: absent attributes leave its properties unchanged. */
    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context, Object bean)
            throws IOException {
        Noted outer = Noted.of(context);
        Noted noted = new Noted(outer, marked);
        context.setAttribute(Noted.class, noted);
        try {
            return super.deserialize(parser, context, bean);
        } finally {
            context.setAttribute(Noted.class, outer);
            if (outer != null) {
                outer.updating = this;
                outer.updated = outer.updated == null ? new HashSet<>() : outer.updated;
                addNames(noted, outer.updated);
            }
        }
    }
}
