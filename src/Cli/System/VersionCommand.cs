using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Templates;
using Argosy.Client;
using Argosy.Contract.System;
using System.Text.Json;

namespace Argosy.Cli.System;

/// <summary><c>argosy version</c>.</summary>
internal static class VersionCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'json' or a Go template", "-f");
        return new VerbCommand("[OPTIONS]", "Show the version information")
        {
            format,
        }.With(0, 0, "argosy version --format '{{.Server.Version}}'").Runs(async (line, cancellationToken) =>
        {
            string? template = line.Get(format) is "json" ? "{{json .}}" : line.Get(format);
            SystemVersion? server = null;
            try
            {
                server = await session.Client.System.VersionAsync(cancellationToken);
            }
            catch (EngineConnectionException failure) when (template is null)
            {
                await session.Out.WriteAsync(ClientText(session.Client.ApiVersion));
                FailureText.TryDescribe(failure, out string text);
                throw new CliException(text);
            }
            await session.Out.WriteAsync(template is null
                ? ClientText(session.Client.ApiVersion) + ServerText(server)
                : Template.Parse(template).Execute(Data(session, server)) + "\n");
        });
    }

    /// <summary><c>argosy --version</c>.</summary>
    public static VerbCommand CreateShort(CliSession session) => new VerbCommand("", "Print version information and quit")
        .Runs((_, _) => session.Out.WriteLineAsync($"Argosy version {Version}"));

    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static string ClientText(string apiVersion) => $"""
        Client: Argosy
         Version:           {Version}
         API version:       {apiVersion}
         OS/Arch:           linux/{Core.Platform.Host.Architecture}

        """;

    private static string ServerText(SystemVersion server)
    {
        var text = new StringBuilder($"\nServer: {server.Platform?.Name}\n");
        IReadOnlyList<ComponentVersion> components = server.Components ?? [];
        Row(text.Append(" Engine:\n"), "Version", server.Version);
        Row(text, "API version", $"{server.ApiVersion} (minimum version {server.MinApiVersion})");
        Row(text, "Git commit", server.GitCommit);
        Row(text, "OS/Arch", $"{server.Os}/{server.Arch}");
        Row(text, "Kernel", server.KernelVersion ?? "");
        Row(text, "Experimental", server.Experimental ? "true" : "false");
        foreach (ComponentVersion component in components.Where(component => component.Name != "Engine"))
            Row(text.Append(CultureInfo.InvariantCulture, $" {component.Name}:\n"), "Version", component.Version);
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
            text.Append("  ").Append((name + ":").PadRight(18)).Append(value).Append('\n');
    }

    private static Dictionary<string, object?> Data(CliSession session, SystemVersion server) => new()
    {
        ["Client"] = new Dictionary<string, object?>
        {
            ["Version"] = Version,
            ["ApiVersion"] = session.Client.ApiVersion,
            ["DefaultAPIVersion"] = EngineClient.NewestApiVersion,
            ["Os"] = "linux",
            ["Arch"] = Core.Platform.Host.Architecture,
        },
        ["Server"] = GoText.FromJson(JsonSerializer.SerializeToElement(server, SystemJson.Default.SystemVersion)),
    };
}
