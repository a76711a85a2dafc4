package io.claudeflux.spring;

import io.claudeflux.ClaudeClient;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * The health indicator for Spring Boot 3.5, whose types have moved since and cannot be compiled against beside the new
 * ones: a proxy of its interface. A native image of 3.5 goes without.
 */
final class EarlierHealth implements ImportBeanDefinitionRegistrar {
    static final String PACKAGE = "org.springframework.boot.actuate.health.";

    private final BeanFactory beans;
    private final ClassLoader loader;

    EarlierHealth(BeanFactory beans, ClassLoader loader) {
        this.beans = beans;
        this.loader = loader;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        Class<?> type = ClassUtils.resolveClassName(PACKAGE + "HealthIndicator", loader);
        RootBeanDefinition indicator = new RootBeanDefinition(type);
        indicator.setInstanceSupplier(() -> Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler()));
        indicator.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
        registry.registerBeanDefinition("claudeFluxHealthIndicator", indicator);
    }

    private InvocationHandler handler() {
        Object self = new Object();
        return (indicator, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("equals") ? indicator == arguments[0] : method.invoke(self, arguments);
            }
            return method.isDefault() ? InvocationHandler.invokeDefault(indicator, method, arguments) : up();
        };
    }

    private Object up() throws ReflectiveOperationException {
        Map<String, ClaudeClient> clients = ((ListableBeanFactory) beans).getBeansOfType(ClaudeClient.class);
        Method up = ClassUtils.resolveClassName(PACKAGE + "Health", loader).getMethod("up");
        Object builder = up.invoke(null);
        Class<?> type = up.getReturnType();
        type.getMethod("withDetails", Map.class).invoke(builder, ClientHealth.details(clients));
        return type.getMethod("build").invoke(builder);
    }
}
