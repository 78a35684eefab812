using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Cli.Templates;
using Argosy.Contract.System;

namespace Argosy.Cli.System;

/// <summary><c>argosy info</c>.</summary>
internal static class InfoCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'json' or a Go template", "-f");
        return new VerbCommand("[OPTIONS]", "Display system-wide information") { format }.With(0, 0, "argosy info --format '{{.Driver}}'").Runs(async (line, cancellationToken) =>
        {
            if (line.Get(format) is { Length: > 0 } template)
            {
                using JsonDocument raw = await session.Client.System.InfoRawAsync(cancellationToken);
                await session.Out.WriteLineAsync(Template.Parse(template == "json" ? "{{json .}}" : template).Execute(GoText.FromJson(raw.RootElement)));
                return;
            }
            SystemInfo info = await session.Client.System.InfoAsync(cancellationToken);
            await session.Out.WriteAsync(Format(info, session.Client.ApiVersion));
            foreach (string warning in info.Warnings ?? [])
                await session.Error.WriteLineAsync(warning);
        });
    }

    private static string Format(SystemInfo info, string apiVersion)
    {
        var text = new StringBuilder("Client: Argosy\n");
        Row(text, "Version", VersionCommand.Version);
        Row(text, "API Version", apiVersion);
        text.Append("\nServer:\n");
        Row(text, "Containers", info.Containers);
        Row(text, " Running", info.ContainersRunning);
        Row(text, " Paused", info.ContainersPaused);
        Row(text, " Stopped", info.ContainersStopped);
        Row(text, "Images", info.Images);
        Row(text, "Server Version", info.ServerVersion);
        Row(text, "Storage Driver", info.Driver);
        foreach (IReadOnlyList<string> pair in info.DriverStatus ?? [])
            Row(text, " " + pair[0], pair[1]);
        Row(text, "Logging Driver", info.LoggingDriver);
        Row(text, "Cgroup Driver", info.CgroupDriver);
        Row(text, "Cgroup Version", info.CgroupVersion ?? "1");
        AppendPlugins(text, info);
        Row(text, "Swarm", info.Swarm?.LocalNodeState ?? "inactive");
        Row(text, "Runtimes", string.Join(' ', (info.Runtimes?.Keys ?? []).Order(StringComparer.Ordinal)));
        Row(text, "Default Runtime", info.DefaultRuntime);
        AppendSecurity(text, info);
        Row(text, "Kernel Version", info.KernelVersion);
        Row(text, "Operating System", info.OperatingSystem);
        Row(text, "OSType", info.OSType);
        Row(text, "Architecture", info.Architecture);
        Row(text, "CPUs", info.NCpu);
        Row(text, "Total Memory", Units.BytesSize(info.MemTotal));
        Row(text, "Name", info.Name);
        Row(text, "ID", info.Id);
        Row(text, "Docker Root Dir", info.DockerRootDir);
        Row(text, "Debug Mode", info.Debug ? "true" : "false");
        Row(text, "Experimental", info.ExperimentalBuild ? "true" : "false");
        Row(text, "Live Restore Enabled", info.LiveRestoreEnabled ? "true" : "false");
        return text.ToString();
    }

    private static void AppendPlugins(StringBuilder text, SystemInfo info)
    {
        text.Append(" Plugins:\n");
        Row(text, " Volume", string.Join(' ', info.Plugins?.Volume ?? []));
        Row(text, " Network", string.Join(' ', info.Plugins?.Network ?? []));
        Row(text, " Log", string.Join(' ', info.Plugins?.Log ?? []));
    }

    private static void AppendSecurity(StringBuilder text, SystemInfo info)
    {
        if (info.SecurityOptions is not { Count: > 0 } options)
            return;
        text.Append(" Security Options:\n");
        foreach (string option in options)
        {
            string[] parts = option.Split(',');
            text.Append("  ").Append(parts[0].Replace("name=", "", StringComparison.Ordinal)).Append('\n');
            foreach (string detail in parts.Skip(1))
                text.Append("   ").Append(detail.Replace("=", ": ", StringComparison.Ordinal)).Append('\n');
        }
    }

    private static void Row(StringBuilder text, string name, int value) => Row(text, name, value.ToString(CultureInfo.InvariantCulture));

    private static void Row(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
            text.Append(' ').Append(name).Append(": ").Append(value).Append('\n');
    }
}
