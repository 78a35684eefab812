using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.DockerCli;

/// <summary>
/// Dockerfiles built here and by dockerd's BuildKit: the images have the same configuration, history and files, and what is wrong is wrong for both.
/// A case is a directory of <c>dockerfiles/</c>: a Dockerfile, a script that makes its context, options of the build, and for a mistake what both must say.
/// </summary>
[Trait("Needs", "Root")]
public sealed partial class DockerfileTests(EngineFixture engines) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-dockerfile-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory, DockerfileCases]
    public async Task The_image_is_the_one_that_dockerd_builds(string name)
    {
        await DockerfileCase.MakeContextAsync(name, directory);
        ShellResult ours = await BuildAsync(EngineKind.Argosyd, name);
        ShellResult theirs = await BuildAsync(EngineKind.Dockerd, name);
        if (DockerfileCase.Read(name, "expect") is { } expected)
        {
            Assert.Matches(expected, theirs.Output + theirs.Error);
            Assert.Matches(expected, ours.Output + ours.Error);
            Assert.NotEqual((0, 0), (ours.ExitCode, theirs.ExitCode));
            Assert.NotEqual(0, ours.ExitCode);
            return;
        }
        theirs.Succeeded();
        ours.Succeeded();
        var differences = new List<string>();
        foreach (Func<EngineKind, Task<IReadOnlyCollection<string>>> look in (Func<EngineKind, Task<IReadOnlyCollection<string>>>[])[kind => ConfigurationAsync(kind, name), kind => HistoryAsync(kind, name), kind => TreeAsync(kind, name)])
        {
            IReadOnlyCollection<string> dockerd = await look(EngineKind.Dockerd), argosy = await look(EngineKind.Argosyd);
            differences.AddRange(dockerd.Except(argosy).Select(line => "dockerd: " + line));
            differences.AddRange(argosy.Except(dockerd).Select(line => "argosy:  " + line));
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>BuildKit needs Debian's client on dockerd's side: the newer ones ask for a plugin.</summary>
    private async Task<ShellResult> BuildAsync(EngineKind kind, string name)
    {
        bool isArgosy = kind == EngineKind.Argosyd;
        string[] options = [.. (DockerfileCase.Read(name, "options") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(option => option.Replace("CONTEXT", directory, StringComparison.Ordinal))];
        return await (await engines.GetAsync(kind)).RunAsync(
            isArgosy ? "docker" : DockerfileCasesAttribute.BuildKitClient, ["build", "-t", $"case-{name}", .. options, directory],
            environment: new Dictionary<string, string?> { ["DOCKER_BUILDKIT"] = isArgosy ? "0" : "1", ["BUILDKIT_PROGRESS"] = "plain" });
    }

    private async Task<string> DockerAsync(EngineKind kind, params string[] arguments) => (await (await engines.GetAsync(kind)).RunAsync("docker", arguments)).Succeeded();

    /// <summary>What a container of it would run with. Empty and absent are the same to every client.</summary>
    private async Task<IReadOnlyCollection<string>> ConfigurationAsync(EngineKind kind, string name)
    {
        JsonObject image = JsonNode.Parse(await DockerAsync(kind, "image", "inspect", $"case-{name}"))![0]!.AsObject();
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string property in (string[])["Architecture", "Os", "Author"])
            Add(lines, property, image[property]);
        foreach (string property in (string[])["Cmd", "Entrypoint", "Env", "User", "WorkingDir", "ExposedPorts", "Volumes", "Labels", "OnBuild", "StopSignal", "Shell", "Healthcheck"])
            Add(lines, property, image["Config"]![property]);
        return lines;
    }

    private static void Add(SortedSet<string> lines, string name, JsonNode? value)
    {
        if (value is JsonObject map)
            value = new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        string text = value?.ToJsonString() ?? "null";
        if (text is not ("null" or "[]" or "{}" or "\"\""))
            lines.Add($"{name} {text}");
    }

    /// <summary>The instructions. The base image's own line says how it was imported, and is each engine's own.</summary>
    private async Task<IReadOnlyCollection<string>> HistoryAsync(EngineKind kind, string name)
    {
        string[] lines = (await DockerAsync(kind, "history", "--no-trunc", "--format", "{{.CreatedBy}}\t{{.Comment}}", $"case-{name}")).Split('\n');
        return [.. lines.Where(line => line.EndsWith("buildkit.dockerfile.v0", StringComparison.Ordinal)).Select(AsOldAndNew).OfType<string>().Select((line, index) => $"{index} {line}")];
    }

    private async Task<IReadOnlyCollection<string>> TreeAsync(EngineKind kind, string name)
    {
        string container = (await DockerAsync(kind, "create", $"case-{name}", "/none")).Trim();
        string archive = Path.Combine(directory, $"{kind}.tar");
        await DockerAsync(kind, "export", "-o", archive, container);
        await DockerAsync(kind, "rm", "-v", container);
        return await DockerfileCase.ListAsync(archive);
    }

    /// <summary>The BuildKit of dockerd 20.10 words some lines otherwise than newer ones, whose words are ours: of those only the instruction is compared.</summary>
    private static string? AsOldAndNew(string line) => line.Split(' ')[0] switch
    {
        "ONBUILD" => null,
        "ARG" or "EXPOSE" or "HEALTHCHECK" or "WORKDIR" => line.Split(' ')[0],
        "COPY" or "ADD" => Flags().Replace(line, ""),
        _ => line,
    };

    [GeneratedRegex(" --ch(mod|own)=[^ ]+")]
    private static partial Regex Flags();
}
