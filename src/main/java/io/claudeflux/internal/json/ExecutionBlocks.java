package io.claudeflux.internal.json;

import io.claudeflux.message.BashCodeExecutionToolResultBlock;
import io.claudeflux.message.CodeExecutionToolResultBlock;
import io.claudeflux.message.CodeExecutionToolResultBlock.EncryptedResult;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.ExecutionOutput;
import io.claudeflux.message.ExecutionResult;
import java.util.List;

/** What code and commands did that ran in a container. */
final class ExecutionBlocks {
    private static final Codec<ExecutionOutput> CODE_OUTPUT = output("code_execution_output");
    private static final Codec<ExecutionOutput> BASH_OUTPUT = output("bash_code_execution_output");

    private static final Union<CodeExecutionToolResultBlock.Content> CODE = new Union<>(
            List.of(
                    result("code_execution_result", CODE_OUTPUT),
                    new Codec<>(
                            "encrypted_code_execution_result",
                            EncryptedResult.class,
                            ExecutionBlocks::encrypted,
                            ExecutionBlocks::encrypted),
                    ServerToolErrors.of(CodeExecutionToolResultBlock.TYPE)),
            ServerToolErrors::unknown,
            ServerToolErrors::raw);

    private static final Union<BashCodeExecutionToolResultBlock.Content> BASH = new Union<>(
            List.of(
                    result("bash_code_execution_result", BASH_OUTPUT),
                    ServerToolErrors.of(BashCodeExecutionToolResultBlock.TYPE)),
            ServerToolErrors::unknown,
            ServerToolErrors::raw);

    static final List<Codec<? extends ContentBlock>> CODECS = List.of(
            new Codec<>(
                    CodeExecutionToolResultBlock.TYPE,
                    CodeExecutionToolResultBlock.class,
                    ExecutionBlocks::code,
                    ExecutionBlocks::code),
            new Codec<>(
                    BashCodeExecutionToolResultBlock.TYPE,
                    BashCodeExecutionToolResultBlock.class,
                    ExecutionBlocks::bash,
                    ExecutionBlocks::bash),
            EditorBlocks.CODEC);

    private ExecutionBlocks() {}

    private static CodeExecutionToolResultBlock code(Fields fields) {
        return new CodeExecutionToolResultBlock(
                fields.requiredString("tool_use_id"),
                CODE.readAny(fields.required("content")),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void code(Members out, CodeExecutionToolResultBlock block) {
        out.string("tool_use_id", block.toolUseId())
                .value("content", block.content(), CODE::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static BashCodeExecutionToolResultBlock bash(Fields fields) {
        return new BashCodeExecutionToolResultBlock(
                fields.requiredString("tool_use_id"),
                BASH.readAny(fields.required("content")),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void bash(Members out, BashCodeExecutionToolResultBlock block) {
        out.string("tool_use_id", block.toolUseId())
                .value("content", block.content(), BASH::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static Codec<ExecutionResult> result(String name, Codec<ExecutionOutput> output) {
        return new Codec<>(
                name,
                ExecutionResult.class,
                fields -> new ExecutionResult(
                        fields.requiredString("stdout"),
                        fields.requiredString("stderr"),
                        fields.requiredNumber("return_code"),
                        fields.requiredList("content", output::readOnly),
                        fields.rest()),
                (out, result) -> out.string("stdout", result.stdout())
                        .string("stderr", result.stderr())
                        .number("return_code", result.returnCode())
                        .array("content", result.content(), output::writeObject)
                        .rest(result.extra()));
    }

    private static Codec<ExecutionOutput> output(String name) {
        return new Codec<>(
                name,
                ExecutionOutput.class,
                fields -> new ExecutionOutput(fields.requiredString("file_id"), fields.rest()),
                (out, file) -> out.string("file_id", file.fileId()).rest(file.extra()));
    }

    private static EncryptedResult encrypted(Fields fields) {
        return new EncryptedResult(
                fields.requiredString("encrypted_stdout"),
                fields.requiredString("stderr"),
                fields.requiredNumber("return_code"),
                fields.requiredList("content", CODE_OUTPUT::readOnly),
                fields.rest());
    }

    private static void encrypted(Members out, EncryptedResult result) {
        out.string("encrypted_stdout", result.encryptedStdout())
                .string("stderr", result.stderr())
                .number("return_code", result.returnCode())
                .array("content", result.content(), CODE_OUTPUT::writeObject)
                .rest(result.extra());
    }
}
