package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.util.ClassUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which primitive properties may be absent because {@code @JsonInclude(NON_DEFAULT)} omits them in writing:
 * those that reading leaves at the value that writing omits. An annotation of the property omits the type's default,
 * and one of the class the value that the class's constructor without parameters sets.
 */
final class OmittedDefaults {
    private final DeserializationConfig config;
    private final BeanDescription bean;

    /** Whether an object that is created without parameters states the defaults. */
    private final boolean areOfBean;

    /** An object that is created without parameters; null if it is not created yet, or cannot be. */
    private @Nullable Object initial;

    OmittedDefaults(DeserializationConfig config, BeanDescription bean) {
        this.config = config;
        this.bean = bean;
        areOfBean = inclusionOfClass().getValueInclusion() == JsonInclude.Include.NON_DEFAULT
                && bean.findDefaultConstructor() != null;
    }

    private JsonInclude.Value inclusionOfClass() {
        return JsonInclude.Value.merge(
                bean.findPropertyInclusion(JsonInclude.Value.empty()),
                config.getDefaultPropertyInclusion(bean.getBeanClass(), JsonInclude.Value.empty()));
    }

    /** Returns whether the annotations or the mapper omit a default of the property, in Jackson's order. */
    private boolean omits(BeanProperty property) {
        JsonInclude.Value ofClass = JsonInclude.Value.merge(config.getDefaultPropertyInclusion(), inclusionOfClass());
        Class<?> type = property.getType().getRawClass();
        JsonInclude.Value own = config.getAnnotationIntrospector().findPropertyInclusion(property.getMember());
        return config.getDefaultInclusion(type, type, ofClass)
                        .withOverrides(own)
                        .getValueInclusion()
                == JsonInclude.Include.NON_DEFAULT;
    }

    /** Returns whether writing omits the property if it is the type's default, and the property is a parameter. */
    static boolean areDefaultsOfParameter(DeserializationConfig config, BeanProperty property) {
        AnnotatedMember member = property.getMember();
        if (!(member instanceof AnnotatedParameter)) {
            return false;
        }
        OmittedDefaults defaults =
                new OmittedDefaults(config, config.introspectClassAnnotations(member.getDeclaringClass()));
        return !defaults.areOfBean && defaults.omits(property);
    }

    /** Returns whether the property, which has a setter or a field, keeps the value that writing omits. */
    boolean isDefaultOf(SettableBeanProperty property, BeanDeserializerBuilder builder) {
        boolean isCreatedWithoutParameters = bean.findDefaultConstructor() != null
                && builder.getBuildMethod() == null
                && !builder.getValueInstantiator().canCreateFromObjectWith();
        if (!isCreatedWithoutParameters || !omits(property)) {
            return false;
        }
        return areOfBean
                || ClassUtil.defaultValue(property.getType().getRawClass()).equals(initialValue(property));
    }

    private @Nullable Object initialValue(SettableBeanProperty property) {
        boolean mayOpen = config.canOverrideAccessModifiers();
        Optional<AnnotatedMember> getter = bean.findProperties().stream()
                .filter(definition -> definition.getName().equals(property.getName()))
                .map(BeanPropertyDefinition::getAccessor)
                .findFirst();
        if (getter.isEmpty()) {
            return null;
        }
        try {
            if (mayOpen) {
                getter.get().fixAccess(config.isEnabled(MapperFeature.OVERRIDE_PUBLIC_ACCESS_MODIFIERS));
            }
            initial = initial == null ? bean.instantiateBean(mayOpen) : initial;
            return getter.get().getValue(initial);
        } catch (RuntimeException e) {
            return null; // the class refuses to be created so, which reading will report
        }
    }
}
