using System.CommandLine;

namespace Argosy.Daemon;

/// <summary>argosyd's options; each has a key in daemon.json and overrides it.</summary>
internal sealed class CommandLine
{
    private readonly Option<string?> dataRoot = new("--data-root") { Description = "Where images, containers and volumes are kept [/var/lib/argosy]" };
    private readonly Option<string?> execRoot = new("--exec-root") { Description = "Where run-time files are kept: socket, bundles, namespaces [/run/argosy]" };
    private readonly Option<string[]> hosts = new("--host", "-H") { Description = "Socket to listen on, unix:///path; may be repeated [unix://<exec-root>/argosy.sock]" };
    private readonly Option<string?> config = new("--config", "--config-file") { Description = $"Configuration file [{SettingsFile.DefaultPath}]" };
    private readonly Option<string?> group = new("--group", "-G") { Description = "Group that may use the socket [argosy, if there is one]" };
    private readonly Option<string?> pidFile = new("--pidfile", "-p") { Description = "File to write the daemon's pid to" };
    private readonly Option<bool> debug = new("--debug", "-D") { Description = "Log what is done in detail" };
    private readonly Option<string?> logLevel = new("--log-level", "-l") { Description = "debug, info, warn, error [info]" };
    private readonly Option<string?> bridge = new("--bridge", "-b") { Description = "Name of the default network's bridge [argosy0]" };
    private readonly Option<string?> bip = new("--bip") { Description = "Address and subnet of the default network [172.17.0.1/16]" };
    private readonly Option<bool> ipv6 = new("--ipv6") { Description = "Give the default network IPv6" };
    private readonly Option<string?> subnet6 = new("--fixed-cidr-v6") { Description = "IPv6 subnet of the default network [a unique local one of the daemon's own]" };
    private readonly Option<string[]> dns = new("--dns") { Description = "DNS server for containers; may be repeated" };
    private readonly Option<string[]> insecure = new("--insecure-registry") { Description = "Registry to be reached over plain HTTP; may be repeated (loopback ones always are)" };
    private readonly Option<string[]> mirrors = new("--registry-mirror") { Description = "Mirror of Docker Hub to ask first, https://host[:port]; may be repeated" };
    private readonly Option<int?> downloads = new("--max-concurrent-downloads") { Description = "Layers fetched at once, over all pulls [3]" };
    private readonly Option<int?> uploads = new("--max-concurrent-uploads") { Description = "Layers sent at once, over all pushes [5]" };
    private readonly Option<int?> attempts = new("--max-download-attempts") { Description = "How often a layer's download is tried without getting further [5]" };
    private readonly Option<string?> instance = new("--instance") { Description = "Name of this daemon's kernel objects when several run on one machine [argosy]" };

    /// <summary>Parses the arguments and runs <paramref name="run"/> with the settings; errors and --help are answered here.</summary>
    internal async Task<int> InvokeAsync(string[] args, Func<DaemonSettings, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand("The Argosy daemon: containers, images, networks and volumes behind the Docker Engine API.");
        foreach (Option option in (Option[])[dataRoot, execRoot, hosts, config, group, pidFile, debug, logLevel, bridge, bip, ipv6, subnet6, dns, insecure, mirrors, downloads, uploads, attempts, instance])
            root.Options.Add(option);
        root.SetAction((parsed, cancellationToken) => run(SettingsFile.Read(parsed.GetValue(config)).With(Read(parsed)), cancellationToken));
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private DaemonSettings Read(ParseResult parsed) => new()
    {
        DataRoot = parsed.GetValue(dataRoot),
        ExecRoot = parsed.GetValue(execRoot),
        Hosts = parsed.GetValue(hosts),
        Group = parsed.GetValue(group),
        PidFile = parsed.GetValue(pidFile),
        Debug = parsed.GetValue(debug) ? true : null,
        LogLevel = parsed.GetValue(logLevel),
        Bridge = parsed.GetValue(bridge),
        BridgeAddress = parsed.GetValue(bip),
        DefaultBridgeIpv6 = parsed.GetValue(ipv6) ? true : null,
        DefaultBridgeSubnet6 = parsed.GetValue(subnet6),
        Dns = parsed.GetValue(dns),
        InsecureRegistries = parsed.GetValue(insecure),
        RegistryMirrors = parsed.GetValue(mirrors),
        MaxConcurrentDownloads = parsed.GetValue(downloads),
        MaxConcurrentUploads = parsed.GetValue(uploads),
        MaxDownloadAttempts = parsed.GetValue(attempts),
        Instance = parsed.GetValue(instance),
    };
}
