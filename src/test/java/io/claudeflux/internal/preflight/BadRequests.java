package io.claudeflux.internal.preflight;

import static io.claudeflux.internal.preflight.Case.given;
import static io.claudeflux.internal.preflight.Case.simulated;

import io.claudeflux.config.ApiVersion;
import java.util.List;
import java.util.stream.Stream;

/** Requests with something wrong, beside the conversation; what may be wrong there is in {@link BadConversations}. */
final class BadRequests {
    private static final String TOOL = "{'name':'get','input_schema':{'type':'object'}}";

    private BadRequests() {}

    static Stream<Case> all() {
        return Stream.of(fields(), versions(), thinking(), tools(), caching(), betas(), models())
                .flatMap(List::stream);
    }

    private static List<Case> fields() {
        return List.of(
                simulated("empty model", "{'model':''}", "REFUSED model is empty"),
                given("blank model", "{'model':' '}", "REFUSED model is blank"),
                simulated("negative max_tokens", "{'max_tokens':-1}", "REFUSED max_tokens is -1"),
                simulated("no messages", "{'messages':[]}", "REFUSED messages is empty"),
                given("empty stop sequence", "{'stop_sequences':['x','']}", "REFUSED stop_sequences[1] is empty"),
                given("blank stop sequence", "{'stop_sequences':[' ']}", "WARNING stop_sequences[0] is white space"),
                given("tier of an answer", "{'service_tier':'standard'}", "WARNING service_tier is 'standard'"),
                given("unknown speed", "{'speed':'warp'}", "WARNING speed is 'warp'"),
                given(
                        "unknown effort",
                        "{'output_config':{'effort':'most'}}",
                        "WARNING output_config.effort is 'most'"),
                given(
                        "format that is no object",
                        "{'output_config':{'format':'json'}}",
                        "REFUSED output_config.format is no object"),
                given(
                        "format without a type",
                        "{'output_config':{'format':{'schema':{}}}}",
                        "REFUSED output_config.format.type is missing"),
                given(
                        "format of another type",
                        "{'output_config':{'format':{'type':'grammar'}}}",
                        "WARNING output_config.format.type is 'grammar'"),
                given(
                        "format without a schema",
                        "{'output_config':{'format':{'type':'json_schema'}}}",
                        "REFUSED output_config.format.schema is missing"));
    }

    private static List<Case> versions() {
        String assistant =
                "{'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':[{'type':'document',"
                        + "'source':{'type':'text','media_type':'text/plain','data':'x'}}]},{'role':'user','content':'Go on'}]}";
        String cited =
                "{'messages':[{'role':'user','content':[{'type':'text','text':'x','citations':[{'type':'y'}]}]}]}";
        String search =
                "{'messages':[{'role':'user','content':[{'type':'search_result','source':'s','title':'t','content':"
                        + "[{'type':'text','text':'x','citations':[{'type':'y'}]}]}]}]}";
        ApiVersion other = new ApiVersion("2030-01-01");
        return List.of(
                simulated("temperature", "{'temperature':1.0}", "REFUSED temperature is set")
                        .with(ApiVersion.V2026_10_21),
                simulated("top_p", "{'top_p':0.99}", "REFUSED top_p is set").with(ApiVersion.V2026_10_21),
                simulated("top_k", "{'top_k':5}", "REFUSED top_k is set").with(ApiVersion.V2026_10_21),
                given("null temperature", "{'temperature':null}", "WARNING temperature is set")
                        .with(ApiVersion.V2026_10_21),
                given("temperature in a version to come", "{'temperature':1}", "WARNING temperature is set")
                        .with(other),
                given(
                        "temperature of a newer model",
                        "{'temperature':0.5}",
                        "WARNING temperature is set, and the model is newer"),
                given("top_k of a newer model", "{'top_k':5}", "WARNING top_k is set, and the model is newer"),
                simulated("hot", "{'model':'claude-opus-4-5','temperature':1.5}", "REFUSED temperature is '1.5'"),
                simulated("cold", "{'model':'claude-opus-4-5','temperature':-1}", "REFUSED temperature is '-1'"),
                given(
                        "temperature in words",
                        "{'model':'claude-opus-4-5','temperature':'warm'}",
                        "REFUSED temperature is no number"),
                given(
                                "document of the assistant",
                                assistant,
                                "REFUSED messages[1].content[0] is a document in an assistant turn")
                        .with(ApiVersion.V2026_10_21),
                given(
                                "document of the assistant, in a version to come",
                                assistant,
                                "WARNING messages[1].content[0] is a document in an assistant turn")
                        .with(other),
                given(
                                "citations of the user",
                                cited,
                                "REFUSED messages[0].content[0] is text with citations in a user turn")
                        .with(ApiVersion.V2026_10_21),
                given(
                                "citations in a search result",
                                search,
                                "REFUSED messages[0].content[0] is text with citations in a user turn")
                        .with(ApiVersion.V2026_10_21));
    }

    private static List<Case> thinking() {
        String path = "thinking.budget_tokens ";
        return List.of(
                simulated(
                        "small budget",
                        "{'thinking':{'type':'enabled','budget_tokens':1023}}",
                        "REFUSED " + path + "is 1023"),
                simulated(
                        "budget of all tokens",
                        "{'thinking':{'type':'enabled','budget_tokens':4096}}",
                        "REFUSED " + path + "is 4096, and max_tokens 4096"),
                given(
                        "budget where nothing is generated",
                        "{'max_tokens':0,'thinking':{'type':'enabled','budget_tokens':2048}}",
                        "WARNING " + path + "is 2048, and max_tokens 0"),
                simulated(
                        "small budget among unknown fields",
                        "{'thinking':{'type':'enabled','budget_tokens':9,'mood':'x'}}",
                        "REFUSED " + path + "is 9"),
                given("mistyped mode", "{'thinking':{'type':'enabeld'}}", "WARNING thinking.type is 'enabeld'"),
                given(
                        "budget on a model that deprecates it",
                        "{'model':'claude-opus-4-6','thinking':{'type':'enabled','budget_tokens':2048}}",
                        "WARNING thinking.type is 'enabled' with claude-opus-4-6"),
                given(
                        "thinking and a forced tool",
                        "{'thinking':{'type':'adaptive'},'tools':[" + TOOL + "],'tool_choice':{'type':'any'}}",
                        "WARNING tool_choice is 'any', and the model thinks"),
                given(
                        "thinking and a temperature",
                        "{'model':'claude-opus-4-5','thinking':{'type':'enabled','budget_tokens':2048},'temperature':0.5}",
                        "WARNING temperature is set, and the model thinks"));
    }

    private static List<Case> tools() {
        return List.of(
                given(
                        "tool without a name",
                        tools("{'input_schema':{'type':'object'}}"),
                        "REFUSED tools[0].name is empty"),
                given(
                        "tool with a dot",
                        tools("{'name':'get.it','input_schema':{'type':'object'}}"),
                        "WARNING tools[0].name is 'get.it'"),
                given(
                        "schema without a type",
                        tools("{'name':'get','input_schema':{}}"),
                        "REFUSED tools[0].input_schema.type is missing"),
                given(
                        "schema of a string",
                        tools("{'name':'get','input_schema':{'type':'string'}}"),
                        "WARNING tools[0].input_schema.type is not 'object'"),
                given(
                        "schema that is no object",
                        tools("{'name':'get','input_schema':'x'}"),
                        "REFUSED tools[0].input_schema is no object"),
                given(
                        "two of a name",
                        tools(TOOL + "," + TOOL),
                        "REFUSED tools[1].name is 'get', as that of tools[0] is"),
                given(
                        "one like a server's tool",
                        tools("{'type':'web_search_20260318','name':'get'}," + TOOL),
                        "REFUSED tools[1].name is 'get', as that of tools[0] is"),
                given(
                        "choice of an unknown tool",
                        "{'tools':[" + TOOL + "],'tool_choice':{'type':'tool','name':'git'}}",
                        "REFUSED tool_choice.name is 'git', and the tools are 'get'"),
                given(
                        "choice of an unknown tool, with unknown fields",
                        "{'tools':[" + TOOL + "],'tool_choice':{'type':'tool','name':'git','x':1}}",
                        "REFUSED tool_choice.name is 'git', and the tools are 'get'"),
                given(
                        "choice without a name",
                        "{'tools':[" + TOOL + "],'tool_choice':{'type':'tool'}}",
                        "REFUSED tool_choice.name is missing"),
                given(
                        "forced without tools",
                        "{'tool_choice':{'type':'any'}}",
                        "REFUSED tool_choice is 'any', and there are no tools"),
                given(
                        "free without tools",
                        "{'tool_choice':{'type':'auto'}}",
                        "WARNING tool_choice is 'auto', and there are no tools"),
                given("mistyped choice", "{'tool_choice':{'type':'all'}}", "WARNING tool_choice.type is 'all'"));
    }

    private static String tools(String tools) {
        return "{'tools':[" + tools + "]}";
    }

    private static List<Case> caching() {
        String mark = "'cache_control':{'type':'ephemeral'}";
        String text = "{'type':'text','text':'x'," + mark + "}";
        String hour = "{'type':'text','text':'x','cache_control':{'type':'ephemeral','ttl':'1h'}}";
        String four = "'system':[" + text + "," + text + "," + text + "," + text + "]";
        return List.of(
                given(
                        "five breakpoints",
                        "{" + four + ",'messages':[{'role':'user','content':[" + text + "]}]}",
                        "REFUSED messages[0].content[0].cache_control is breakpoint 5 of 5"),
                given(
                        "five breakpoints, some raw",
                        "{'tools':[{'type':'web_search_20260318','name':'s'," + mark + "}]," + four + "}",
                        "REFUSED system[3].cache_control is breakpoint 5 of 5"),
                given(
                        "a fifth by itself",
                        "{" + four + "," + mark + "}",
                        "WARNING cache_control adds a breakpoint to the 4 that are set, unless the last block has one"),
                given(
                        "a fifth within a result",
                        "{" + four + "," + BadConversations.call("a")
                                + BadConversations.turn(
                                        "user",
                                        "{'type':'tool_result'," + "'tool_use_id':'a','content':[" + text + "]}")
                                + "]}",
                        "WARNING messages hold, with those within other blocks, 5 breakpoints"),
                given(
                        "breakpoint on thinking",
                        "{'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':[{'type':'thinking',"
                                + "'thinking':'x','signature':'y'," + mark + "},{'type':'text','text':'z'}]},"
                                + "{'role':'user','content':'Go on'}]}",
                        "REFUSED messages[1].content[0].cache_control is set"),
                given(
                        "an hour behind five minutes",
                        "{'system':[" + text + "],'messages':[{'role':'user','content':[" + hour + "]}]}",
                        "REFUSED messages[0].content[0].cache_control.ttl is '1h' behind a breakpoint of 5m"),
                given(
                        "unknown life",
                        "{'cache_control':{'type':'ephemeral','ttl':'1d'}}",
                        "WARNING cache_control.ttl is '1d'"),
                given(
                        "unknown kind",
                        "{'system':[{'type':'text','text':'x','cache_control':{'type':'eternal'}}]}",
                        "WARNING system[0].cache_control.type is 'eternal'"));
    }

    private static List<Case> betas() {
        return List.of(
                given("thread", "{'thread':{'type':'create'}}", "WARNING thread is set without its beta"),
                given("fallbacks", "{'fallbacks':'default'}", "WARNING fallbacks is set without its beta"),
                given("another beta", "{'context_management':{}}", "WARNING context_management is set without its beta")
                        .with("context-1m-2025-08-07"),
                given("MCP", "{'mcp_servers':[]}", "WARNING mcp_servers is set without its beta"),
                given(
                        "MCP tools",
                        "{'tools':[{'type':'mcp_toolset','mcp_server_name':'x'}]}",
                        "WARNING tools[0].type is set without its beta"),
                given(
                        "computer",
                        "{'tools':[{'type':'computer_20251124','name':'computer'}]}",
                        "WARNING tools[0].type is set without its beta"),
                given(
                        "task budget",
                        "{'output_config':{'task_budget':{'type':'tokens','total':9}}}",
                        "WARNING output_config.task_budget is set without its beta"),
                given(
                        "thinking updates",
                        "{'thinking':{'type':'adaptive','display':'updates'}}",
                        "WARNING thinking.display is set without its beta"),
                given(
                        "thinking binding",
                        "{'thinking':{'type':'adaptive','block_binding':{}}}",
                        "WARNING thinking.block_binding is set without its beta"),
                given(
                        "tool changes",
                        "{'messages':[{'role':'user','content':'Hi'},{'role':'system','content':[{'type':'tool_removal',"
                                + "'tool':{'type':'tool_reference','name':'x'}}],'clear_at':'never'}]}",
                        "WARNING messages[1].clear_at is set without its beta",
                        "WARNING messages[1].content[0].type is set without its beta"),
                given(
                        "two that exclude each other",
                        "{'fallbacks':'default','fallback_credit_token':'x'}",
                        "WARNING fallbacks is set without its beta",
                        "WARNING fallback_credit_token is set without its beta",
                        "WARNING fallbacks is set beside fallback_credit_token"));
    }

    private static List<Case> models() {
        return List.of(
                given(
                        "a dot for a dash",
                        "{'model':'claude-sonnet-5.5'}",
                        "WARNING model is 'claude-sonnet-5.5', which this version does not know"),
                given(
                        "retired",
                        "{'model':'claude-3-5-sonnet-latest'}",
                        "WARNING model is 'claude-3-5-sonnet-latest', which is retired"),
                given(
                        "deprecated",
                        "{'model':'claude-sonnet-4-5'}",
                        "WARNING model is 'claude-sonnet-4-5', which is deprecated and retires on 2026-11-30"));
    }
}
