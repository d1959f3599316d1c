package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;

/** Calls a handler as Lambda does: loads it by its name, through Lambda's own runtime client. */
final class LambdaRuntime {
    private LambdaRuntime() {}

    static String call(Class<?> function, byte[] payload) throws Exception {
        HandlerInfo handler = HandlerInfo.fromString(function.getName(), function.getClassLoader());
        LambdaRequestHandler loaded = EventHandlerLoader.loadEventHandler(handler);
        InvocationRequest request = new InvocationRequest();
        request.setId("r-1");
        request.setContent(payload);
        return loaded.call(request).toString(UTF_8);
    }

    static String call(Class<?> function, String payload) throws Exception {
        return call(function, payload.getBytes(UTF_8));
    }
}
