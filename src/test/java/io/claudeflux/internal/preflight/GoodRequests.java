package io.claudeflux.internal.preflight;

import static io.claudeflux.internal.preflight.BadConversations.call;
import static io.claudeflux.internal.preflight.BadConversations.turn;
import static io.claudeflux.internal.preflight.Case.given;

import io.claudeflux.config.ApiVersion;
import java.util.stream.Stream;

/** Requests that are right, and some that look wrong. */
final class GoodRequests {
    private static final String SEARCH = "{'type':'server_tool_use','id':'s','name':'web_search','input':{}}";

    private GoodRequests() {}

    static Stream<Case> all() {
        return Stream.concat(requests(), conversations());
    }

    private static Stream<Case> requests() {
        String tool = "{'name':'get','input_schema':{'type':'object'}}";
        return Stream.of(
                given("plain", "{}"),
                given("only warms the cache", "{'max_tokens':0}"),
                given("empty system", "{'system':''}"),
                given("model of a gateway", "{'model':'gpt-4o'}"),
                given("dated model", "{'model':'claude-haiku-4-5-20251001'}"),
                given("sampling as a newer model takes it", "{'temperature':1,'top_p':0.99}"),
                given("sampling of an older model", "{'model':'claude-opus-4-5','temperature':0,'top_k':5}"),
                given("budget", "{'thinking':{'type':'enabled','budget_tokens':1024}}"),
                given("interleaved", "{'thinking':{'type':'enabled','budget_tokens':20000}}")
                        .with("interleaved-thinking-2025-05-14"),
                given("no budget", "{'thinking':{'type':'between_tools'}}").with(ApiVersion.V2026_10_21),
                given("choice", "{'tools':[" + tool + "],'tool_choice':{'type':'tool','name':'get'}}"),
                given(
                        "choice of a tool of a set",
                        "{'tools':[{'type':'browser_toolset_20260801'}],'tool_choice':{'type':'tool','name':'navigate'}}"),
                given("server tool", "{'tools':[{'type':'web_search_20260318','name':'web_search'}]}"),
                given(
                                "threads",
                                "{'thread':{'type':'continue','previous_message_id':'m'},'tool_choice':{'type':'any'}}")
                        .with("message-threads-2026-08-12"),
                given("context", "{'context_management':{'edits':[{'type':'compact_20260112'}]}}")
                        .with("compact-2026-01-12"),
                given("format", "{'output_config':{'effort':'low','format':{'type':'json_schema','schema':{}}}}"),
                given("field to come", "{'novelty':{'x':1}}"),
                given(
                        "four breakpoints, the longer first",
                        "{'system':[" + text("1h") + "," + text("1h") + "," + text("5m")
                                + "],'messages':[{'role':'user'," + "'content':[" + text("5m") + "]}]}"));
    }

    private static String text(String ttl) {
        return "{'type':'text','text':'x','cache_control':{'type':'ephemeral','ttl':'" + ttl + "'}}";
    }

    private static Stream<Case> conversations() {
        String user = "{'role':'user','content':'Hi'}";
        String result = "{'type':'tool_result','tool_use_id':'%s','content':'ok'}";
        String a = result.formatted("a");
        String b = result.formatted("b");
        return Stream.of(
                given("assistant first", "{'messages':[{'role':'assistant','content':'Hello'}," + user + "]}"),
                given("one role twice", "{'messages':[" + user + "," + user + "]}"),
                given(
                        "an answer without content",
                        "{'messages':[" + user + "," + turn("assistant", "") + "," + user + "]}"),
                given("an empty answer", "{'messages':[" + user + ",{'role':'assistant','content':''}," + user + "]}"),
                given("an empty answer at the end", "{'messages':[" + user + "," + turn("assistant", "") + "]}"),
                given(
                        "white space beside words",
                        "{'messages':[" + turn("user", "{'type':'text','text':'Hi'},{'type':'text','text':' '}")
                                + "]}"),
                given(
                        "results",
                        "{" + call("a", "b") + turn("user", a + "," + b + ",{'type':'text','text':'Go on'}") + "]}"),
                given("results in another order", "{" + call("a", "b") + turn("user", b + "," + a) + "]}"),
                given("results in two turns", "{" + call("a", "b") + turn("user", a) + "," + turn("user", b) + "]}"),
                given(
                        "empty result",
                        "{" + call("a") + turn("user", "{'type':'tool_result','tool_use_id':'a'}") + "]}"),
                given(
                        "empty text in a result",
                        "{" + call("a")
                                + turn(
                                        "user",
                                        "{'type':'tool_result','tool_use_id':'a','content':[{'type':'text',"
                                                + "'text':''}]}")
                                + "]}"),
                given(
                        "calls in two turns",
                        "{" + call("a") + turn("assistant", "{'type':'tool_use','id':'b','name':'get','input':{}}")
                                + "," + turn("user", a + "," + b) + "]}"),
                given(
                        "server tool beside a call",
                        "{'messages':[" + user + ","
                                + turn(
                                        "assistant",
                                        SEARCH + ",{'type':'tool_use','id':'a','name':'get'," + "'input':{}}")
                                + "," + turn("user", a) + "]}"),
                given(
                        "paused",
                        "{'messages':[" + user + "," + turn("assistant", "{'type':'text','text':'Wait'}," + SEARCH)
                                + "]}"),
                given(
                        "paused behind a result",
                        "{'messages':[" + user + ","
                                + turn(
                                        "assistant",
                                        SEARCH + ",{'type':'web_search_tool_result',"
                                                + "'tool_use_id':'s','content':[]}")
                                + "]}"),
                given(
                        "MCP",
                        "{'messages':[" + user + ","
                                + turn(
                                        "assistant",
                                        "{'type':'mcp_tool_use','id':'m','name':'x',"
                                                + "'server_name':'y','input':{}},{'type':'mcp_tool_result','tool_use_id':'m','content':[]},"
                                                + "{'type':'text','text':'Ho'}")
                                + "," + user + "]}"),
                given(
                        "prefill of an older model",
                        "{'model':'claude-haiku-4-5','messages':[" + user + ",{'role':'assistant','content':'Ho'}]}"),
                given(
                        "prefill of a gateway's model",
                        "{'model':'my-deployment','messages':[" + user + ",{'role':'assistant','content':'Ho'}]}"),
                given(
                        "system in between",
                        "{'messages':[" + user + ",{'role':'system','content':'Be brief.'},"
                                + "{'role':'assistant','content':'Ho'}," + user + "]}"),
                given(
                        "system at the end",
                        "{" + call("a") + turn("user", a) + ",{'role':'system','content':'Be brief.'}]}"),
                given(
                                "end of a thread",
                                "{'thread':{'type':'continue','previous_message_id':'m'},'messages':[" + turn("user", a)
                                        + "]}")
                        .with("message-threads-2026-08-12"),
                given("block to come", "{'messages':[" + turn("user", "{'type':'novelty','x':1}") + "]}"),
                given(
                        "documents and citations",
                        "{'messages':[" + user + ","
                                + turn(
                                        "assistant",
                                        "{'type':'document','source':"
                                                + "{'type':'text','media_type':'text/plain','data':'x'}},{'type':'text','text':'x','citations':"
                                                + "[{'type':'y'}]}")
                                + "," + user + "]}"));
    }
}
