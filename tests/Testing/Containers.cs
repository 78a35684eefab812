using System.Text;
using System.Text.Json.Nodes;

namespace Argosy.Testing;

/// <summary>What tests do with containers, in a word each.</summary>
public static class Containers
{
    /// <summary>A create request's body: busybox with this command.</summary>
    public static JsonObject Busybox(params string[] command) => new()
    {
        ["Image"] = "busybox",
        ["Cmd"] = new JsonArray([.. command.Select(word => (JsonNode)word)]),
        ["HostConfig"] = new JsonObject(),
    };

    /// <summary>A create request's body: busybox with a shell script.</summary>
    public static JsonObject Script(string script) => Busybox("sh", "-c", script);

    /// <summary>Sets a top-level key.</summary>
    public static JsonObject With(this JsonObject body, string key, JsonNode? value)
    {
        body[key] = value;
        return body;
    }

    /// <summary>Sets a key of HostConfig.</summary>
    public static JsonObject Host(this JsonObject body, string key, JsonNode? value)
    {
        body["HostConfig"]![key] = value;
        return body;
    }

    /// <summary>Publishes a container's TCP port; host port 0 lets the engine choose.</summary>
    public static JsonObject Publish(this JsonObject body, int containerPort, int hostPort = 0, string hostAddress = "")
    {
        body["ExposedPorts"] = new JsonObject { [$"{containerPort}/tcp"] = new JsonObject() };
        return body.Host("PortBindings", new JsonObject
        {
            [$"{containerPort}/tcp"] = new JsonArray(new JsonObject { ["HostIp"] = hostAddress, ["HostPort"] = $"{hostPort}" }),
        });
    }

    /// <summary>Connects it to a user-defined network instead of the default one, with aliases.</summary>
    public static JsonObject On(this JsonObject body, string network, params string[] aliases)
    {
        body["NetworkingConfig"] = new JsonObject
        {
            ["EndpointsConfig"] = new JsonObject { [network] = new JsonObject { ["Aliases"] = new JsonArray([.. aliases.Select(alias => (JsonNode)alias)]) } },
        };
        return body.Host("NetworkMode", network);
    }

    /// <summary>Creates a container; gives its id.</summary>
    public static async Task<string> CreateAsync(this EngineApi api, JsonObject body, string? name = null) =>
        (string)(await api.PostAsync("containers/create" + (name is null ? "" : "?name=" + name), body)).Json["Id"]!;

    /// <summary>Starts a container.</summary>
    public static Task StartAsync(this EngineApi api, string container) => api.PostAsync($"containers/{container}/start");

    /// <summary>Creates and starts a container; gives its id.</summary>
    public static async Task<string> RunAsync(this EngineApi api, JsonObject body, string? name = null)
    {
        string id = await api.CreateAsync(body, name);
        await api.StartAsync(id);
        return id;
    }

    /// <summary>Waits for the end; gives the exit code.</summary>
    public static async Task<int> WaitAsync(this EngineApi api, string container, string condition = "not-running") =>
        (int)(await api.PostAsync($"containers/{container}/wait?condition={condition}")).Json["StatusCode"]!;

    /// <summary>Runs a container to its end and removes it.</summary>
    public static async Task<ShellResult> RunToEndAsync(this EngineApi api, JsonObject body)
    {
        string id = await api.RunAsync(body);
        int code = await api.WaitAsync(id);
        ShellResult result = new($"container {body["Cmd"]}", code, await api.LogsAsync(id, "stdout=1"), await api.LogsAsync(id, "stderr=1"));
        await api.RemoveAsync(id);
        return result;
    }

    /// <summary>Kills and removes a container with its anonymous volumes.</summary>
    public static Task RemoveAsync(this EngineApi api, string container) => api.DeleteAsync($"containers/{container}?force=1&v=1");

    /// <summary>Inspects a container.</summary>
    public static Task<JsonNode> InspectAsync(this EngineApi api, string container) => api.GetAsync($"containers/{container}/json");

    /// <summary>State.Status: created, running, exited …</summary>
    public static async Task<string> StatusAsync(this EngineApi api, string container) => (string)(await api.InspectAsync(container))["State"]!["Status"]!;

    /// <summary>The log of a container without a terminal; the query says which streams, tail, since ….</summary>
    public static async Task<string> LogsAsync(this EngineApi api, string container, string query = "stdout=1&stderr=1")
    {
        ApiAnswer answer = (await api.SendAsync(HttpMethod.Get, $"containers/{container}/logs?{query}")).Succeeded();
        (byte[] output, byte[] error) = await Frames.ReadAsync(new MemoryStream(answer.Body), CancellationToken.None);
        return Encoding.UTF8.GetString([.. output, .. error]);
    }

    /// <summary>Makes an exec of this command; gives its id.</summary>
    public static async Task<string> CreateExecAsync(this EngineApi api, string container, bool tty, params string[] command)
    {
        var body = new JsonObject
        {
            ["AttachStdin"] = true,
            ["AttachStdout"] = true,
            ["AttachStderr"] = true,
            ["Tty"] = tty,
            ["Cmd"] = new JsonArray([.. command.Select(word => (JsonNode)word)]),
        };
        return (string)(await api.PostAsync($"containers/{container}/exec", body)).Json["Id"]!;
    }

    /// <summary>Starts an exec and takes its streams.</summary>
    public static Task<HijackedConnection> StartExecAsync(this EngineApi api, string exec, bool tty) =>
        api.HijackAsync($"exec/{exec}/start", new JsonObject { ["Detach"] = false, ["Tty"] = tty });

    /// <summary>Runs a command in a container to its end.</summary>
    public static async Task<ShellResult> ExecAsync(this EngineApi api, string container, params string[] command)
    {
        string exec = await api.CreateExecAsync(container, tty: false, command);
        await using HijackedConnection connection = await api.StartExecAsync(exec, tty: false);
        connection.CloseInput();
        (byte[] output, byte[] error) = await connection.ReadFramesAsync();
        JsonNode state = await api.GetAsync($"exec/{exec}/json");
        return new ShellResult("exec " + string.Join(' ', command), (int)state["ExitCode"]!, Encoding.UTF8.GetString(output), Encoding.UTF8.GetString(error));
    }

    /// <summary>The container's address on a network.</summary>
    public static async Task<string> AddressAsync(this EngineApi api, string container, string network = "bridge") =>
        (string)(await api.InspectAsync(container))["NetworkSettings"]!["Networks"]![network]!["IPAddress"]!;

    /// <summary>The host port that a container's port is published at.</summary>
    public static async Task<int> HostPortAsync(this EngineApi api, string container, int port) =>
        int.Parse((string)(await api.InspectAsync(container))["NetworkSettings"]!["Ports"]![$"{port}/tcp"]![0]!["HostPort"]!);
}
