using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Argosy.Testing;

/// <summary>Debian's docker-registry, for one test; disposing ends it and removes its storage.</summary>
public sealed partial class RegistryProcess : IAsyncDisposable
{
    private readonly Process process;

    private RegistryProcess(string directory, Process process) => (Directory, this.process) = (directory, process);

    /// <summary>host:port; 127.0.0.1 when it listens everywhere.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Its own directory; removed with it.</summary>
    public string Directory { get; }

    /// <summary>Starts one on a port of the kernel's choice, and waits until it listens.</summary>
    public static async Task<RegistryProcess> StartAsync(RegistryOptions? options = null)
    {
        options ??= new RegistryOptions();
        string directory = System.IO.Directory.CreateTempSubdirectory("argosy-registry-").FullName;
        foreach ((string name, string content) in options.Files)
            await File.WriteAllTextAsync($"{directory}/{name}", content);
        await File.WriteAllTextAsync($"{directory}/config.yml", Configuration(directory, options));
        string[] line = [.. options.Enter, "/bin/sh", "-c", $"exec docker-registry serve {directory}/config.yml > {directory}/log 2>&1"];
        var registry = new RegistryProcess(directory, Process.Start(line[0], line[1..]));
        try
        {
            await Poll.UntilAsync(() => Task.FromResult(registry.IsListening(options.Host)), "the registry listens", TimeSpan.FromSeconds(30));
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>It says where, once connections are taken.</summary>
    private bool IsListening(string host)
    {
        Match said = File.Exists($"{Directory}/log") ? Listening().Match(File.ReadAllText($"{Directory}/log")) : Match.Empty;
        if (process.HasExited)
            throw new InvalidOperationException($"docker-registry ended: {File.ReadAllText($"{Directory}/log")}");
        Address = $"{(host.Length == 0 ? "127.0.0.1" : host)}:{said.Groups[1].Value}";
        return said.Success;
    }

    private static string Configuration(string directory, RegistryOptions options) => $"""
        version: 0.1
        log:
          level: info
          accesslog:
            disabled: true
        storage:
          filesystem:
            rootdirectory: {directory}/data
        http:
          addr: "{options.Host}:0"
        {options.Http(directory)}
        {options.Sections(directory)}
        """;

    [GeneratedRegex(@"listening on [^ ]+:(\d+)")]
    private static partial Regex Listening();
}
