package io.claudeflux.tool;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.schema.JsonSchema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Makes tools of the marked methods of an object. */
final class ToolMethods {
    private ToolMethods() {}

    static List<ClientTool> of(Object bean) {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Class<?> type : hierarchy(bean.getClass())) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(ToolMethod.class) && !method.isBridge()) {
                    methods.putIfAbsent(method.getName() + Arrays.toString(method.getParameterTypes()), method);
                }
            }
        }
        if (methods.isEmpty()) {
            throw new ConfigurationException(
                    "tools", "no method of " + bean.getClass().getName() + " has @ToolMethod", null);
        }
        // The JVM gives methods in any order, while a prompt cache wants the same one in each process.
        return methods.values().stream()
                .map(method -> of(bean, method))
                .sorted(Comparator.comparing(ClientTool::name))
                .toList();
    }

    /** The class, those above it, and their interfaces: a proxy has the marks of what it stands for only there. */
    private static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        List<Class<?>> interfaces = new ArrayList<>();
        for (Class<?> above = type; above != null && above != Object.class; above = above.getSuperclass()) {
            all.add(above);
            interfaces.addAll(List.of(above.getInterfaces()));
        }
        for (int i = 0; i < interfaces.size(); i++) {
            interfaces.addAll(List.of(interfaces.get(i).getInterfaces()));
        }
        all.addAll(interfaces);
        return all;
    }

    private static ClientTool of(Object bean, Method method) {
        ToolMethod mark = Objects.requireNonNull(method.getAnnotation(ToolMethod.class));
        accessible(method);
        Class<?> returned = method.getReturnType();
        if (Publisher.class.isAssignableFrom(returned) && returned != Mono.class) {
            throw unfit(method, "returns a publisher other than a Mono: collect it into one");
        }
        Parameter[] parameters = method.getParameters();
        boolean isWhole = parameters.length == 1 && !ToolParameter.isMember(parameters[0]);
        Function<Json, @Nullable Object[]> reader;
        Json schema;
        if (isWhole && !(parameters[0].getParameterizedType() instanceof Class<?>)) {
            throw unfit(method, "takes a type with arguments, which input cannot be read into: use a record without");
        }
        if (isWhole) {
            Class<?> input = parameters[0].getType();
            JsonSchema form = JsonSchema.of(parameters[0].getParameterizedType());
            Function<Json, ?> whole = InputReader.into(input, form);
            reader = json -> new Object[] {whole.apply(json)};
            schema = form.json();
        } else {
            List<ToolParameter> members = Arrays.stream(parameters)
                    .map(parameter -> ToolParameter.of(parameter, name(method)))
                    .toList();
            reader = json -> ToolParameter.read(members, json);
            schema = ToolParameter.schema(members);
        }
        String name = mark.name().isEmpty() ? method.getName() : mark.name();
        return ClientTool.of(
                new CustomTool(name, mark.description(), schema), body(mark, reader, new Target(bean, method)));
    }

    private static void accessible(Method method) {
        try {
            method.setAccessible(true);
        } catch (RuntimeException closed) {
            throw new ConfigurationException(
                    "tools",
                    name(method) + " cannot be called: make it and its class public, or open its module",
                    closed);
        }
    }

    private static ToolBody body(ToolMethod mark, Function<Json, @Nullable Object[]> reader, Target target) {
        Class<?> returned = target.method().getReturnType();
        boolean signals = returned == Mono.class || CompletionStage.class.isAssignableFrom(returned);
        return signals || mark.nonBlocking()
                ? ToolBody.signalling(reader, target::call)
                : ToolBody.blocking(reader, target::call);
    }

    /**
     * A method of an object.
     *
     * @param bean the object
     * @param method the method
     */
    private record Target(Object bean, Method method) {
        @Nullable Object call(@Nullable Object[] arguments) throws Exception {
            try {
                return method.invoke(bean, arguments);
            } catch (InvocationTargetException thrown) {
                if (thrown.getTargetException() instanceof Error error) {
                    throw error;
                }
                throw (Exception) thrown.getTargetException();
            }
        }
    }

    private static ConfigurationException unfit(Method method, String why) {
        return new ConfigurationException("tools", name(method) + " " + why, null);
    }

    static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
