using System.CommandLine;
using System.Globalization;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Networks;

namespace Argosy.Cli.Networks;

/// <summary><c>argosy network ls</c>.</summary>
internal static class NetworkListCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string[]> filter = Flag.List("--filter", "filter", "Provide filter values (e.g. \"driver=bridge\")", ["-f"]);
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        Option<bool> noTrunc = Flag.Bool("--no-trunc", "Do not truncate the output");
        Option<bool> quiet = Flag.Bool("--quiet", "Only display network IDs", "-q");
        return new VerbCommand("[OPTIONS]", "List networks")
        {
            filter, format, noTrunc, quiet,
        }.With(0, 0, "argosy network ls --filter driver=bridge").Runs(async (line, cancellationToken) =>
        {
            bool truncates = !line.Get(noTrunc);
            IEnumerable<NetworkInspect> networks = (await session.Client.Networks.ListAsync(FilterArguments.Parse(line, filter), cancellationToken))
                .OrderBy(network => network.Name, StringComparer.Ordinal);
            if (line.Get(quiet) && line.Get(format) is null)
                await session.Out.WriteAsync(string.Concat(networks.Select(network => Ids.Show(network.Id, truncates) + "\n")));
            else
                Columns(truncates).Print(session, networks, line.Get(format));
        });
    }

    private static ListFormat<NetworkInspect> Columns(bool truncates) => new(
    [
        new("ID", "NETWORK ID", network => Ids.Show(network.Id, truncates)),
        new("Name", "NAME", network => network.Name),
        new("Driver", "DRIVER", network => network.Driver),
        new("Scope", "SCOPE", network => network.Scope),
        new("IPv4", "IPV4", network => Bool(network.EnableIPv4)),
        new("IPv6", "IPV6", network => Bool(network.EnableIPv6)),
        new("Internal", "INTERNAL", network => Bool(network.Internal)),
        new("Labels", "LABELS", network => string.Join(',', (network.Labels ?? new Dictionary<string, string>()).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))),
        new("CreatedAt", "CREATED AT", network => network.Created.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF +0000 UTC", CultureInfo.InvariantCulture)),
    ], "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}")
    {
        Methods = new Dictionary<string, Func<NetworkInspect, IReadOnlyList<object?>, object?>>
        {
            ["Label"] = (network, arguments) => network.Labels?.GetValueOrDefault(arguments[0] as string ?? "") ?? "",
        },
    };

    private static string Bool(bool value) => value ? "true" : "false";
}
