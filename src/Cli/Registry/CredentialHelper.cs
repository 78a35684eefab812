using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Cli.CommandLine;
using Argosy.Linux.Processes;

namespace Argosy.Cli.Registry;

/// <summary>
/// A program <c>docker-credential-NAME</c> that keeps credentials: it is given a verb as its argument and JSON or a registry's name
/// on standard input, and answers on standard output (docker-credential-helpers' protocol).
/// </summary>
internal sealed class CredentialHelper(string name)
{
    private const string TokenUser = "<token>";
    private const string NotFound = "credentials not found in native keychain";

    /// <returns>Null when the helper has none for this registry.</returns>
    public async Task<Credentials?> GetAsync(string server, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await RunAsync("get", server, cancellationToken);
        if (exitCode != 0)
            return output.Contains(NotFound, StringComparison.Ordinal) ? null : throw Failed("get", output);
        JsonNode? answer = JsonNode.Parse(output);
        string user = (string?)answer?["Username"] ?? "";
        string secret = (string?)answer?["Secret"] ?? "";
        return user == TokenUser ? new Credentials("", "", secret) : new Credentials(user, secret);
    }

    /// <summary>The registries that the helper has credentials for.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await RunAsync("list", "unused", cancellationToken);
        if (exitCode != 0)
            throw Failed("list", output);
        return JsonNode.Parse(output) is JsonObject servers ? [.. servers.Select(server => server.Key)] : [];
    }

    public async Task StoreAsync(string server, Credentials credentials, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["ServerURL"] = server,
            ["Username"] = credentials.IdentityToken is null ? credentials.Username : TokenUser,
            ["Secret"] = credentials.IdentityToken ?? credentials.Password,
        };
        (int exitCode, string output) = await RunAsync("store", request.ToJsonString(), cancellationToken);
        if (exitCode != 0)
            throw Failed("store", output);
    }

    public async Task EraseAsync(string server, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await RunAsync("erase", server, cancellationToken);
        if (exitCode != 0 && !output.Contains(NotFound, StringComparison.Ordinal))
            throw Failed("erase", output);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string verb, string input, CancellationToken cancellationToken)
    {
        string program = Find();
        using var pair = SocketPair.Create();
        SpawnedProcess process = ProcessSpawner.Spawn(new SpawnRequest
        {
            Path = program,
            Args = [program, verb],
            Environment = Environment(),
            Descriptors = [new(0, pair.Theirs), new(1, pair.Theirs)],
        });
        pair.Theirs.Dispose();
        await using var stream = new NetworkStream(pair.Ours);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(input), cancellationToken);
        pair.Ours.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        string output = await reader.ReadToEndAsync(cancellationToken);
        return (process.Wait(), output.Trim());
    }

    private string Find()
    {
        string file = "docker-credential-" + name;
        IEnumerable<string> candidates = (global::System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, file));
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new CliException($"error getting credentials - err: exec: \"{file}\": executable file not found in $PATH\nInstall it, or remove \"{name}\" from config.json.");
    }

    private static List<string> Environment()
    {
        var variables = new List<string>();
        foreach (global::System.Collections.DictionaryEntry entry in global::System.Environment.GetEnvironmentVariables())
            variables.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Key}={entry.Value}"));
        return variables;
    }

    private CliException Failed(string verb, string output) => new($"error from docker-credential-{name} {verb}: {output}");
}
