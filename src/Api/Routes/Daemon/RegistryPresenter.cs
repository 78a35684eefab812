using System.Net;
using Argosy.Contract.System;
using Argosy.Registry;

namespace Argosy.Api.Routes.Daemon;

/// <summary>How registries are reached, in the words of <c>GET /info</c>.</summary>
internal static class RegistryPresenter
{
    private const string Hub = "docker.io";

    internal static RegistryServiceConfig Present(RegistryOptions options)
    {
        ILookup<bool, string> insecure = options.InsecureRegistries.ToLookup(entry => IPNetwork.TryParse(entry, out _));
        var indexes = insecure[false].Distinct().ToDictionary(name => name, name => Index(options, name, isSecure: false));
        // Other registries are listed too where we know mirrors of them.
        foreach (string name in options.Mirrors.Keys.Append(Hub).Where(name => !indexes.ContainsKey(name)))
            indexes[name] = Index(options, name, isSecure: true);
        return new RegistryServiceConfig
        {
            InsecureRegistryCidrs = [.. insecure[true], "::1/128", "127.0.0.0/8"],
            IndexConfigs = indexes,
            Mirrors = Mirrors(options, Hub),
        };
    }

    private static RegistryIndex Index(RegistryOptions options, string name, bool isSecure) =>
        new() { Name = name, Mirrors = Mirrors(options, name), Secure = isSecure, Official = name == Hub };

    private static List<string> Mirrors(RegistryOptions options, string name) =>
        [.. (options.Mirrors.TryGetValue(name, out IReadOnlyList<Uri>? mirrors) ? mirrors : []).Select(mirror => mirror.ToString())];
}
