using System.Text.Json;
using Argosy.Api.Http;
using Argosy.Api.Routes.Containers;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime;

namespace Argosy.Api.Tests.Containers;

/// <summary>Create requests as they are on the wire, on a host of a test's own.</summary>
internal static class Requests
{
    /// <summary>A kernel that knows every limit.</summary>
    internal static HostFeatures Able { get; } = new()
    {
        MemoryLimit = true,
        SwapLimit = true,
        MemoryReservation = true,
        Swappiness = true,
        OomKillDisable = true,
        PidsLimit = true,
        CpuShares = true,
        CpuCfs = true,
        CpuRealtime = true,
        Cpuset = true,
        BlkioWeight = true,
        BlkioWeightDevice = true,
        BlkioThrottle = true,
        Cpus = "0-3",
        Mems = "0",
        CpuCount = 4,
    };

    /// <summary>Translates a body; the image is added.</summary>
    internal static (ContainerSpecification Specification, IReadOnlyList<string> Warnings) Translate(string json, string version = "1.51", HostFeatures? features = null)
    {
        ContainerCreateRequest request = JsonSerializer.Deserialize(json, ContainersJson.Default.ContainerCreateRequest)!;
        request.Image = "busybox";
        Assert.True(ApiVersion.TryParse(version, out ApiVersion parsed));
        return CreateTranslator.Translate(request, null, parsed, features ?? Able);
    }

    /// <summary>Translates a body of which only HostConfig matters.</summary>
    internal static HostSettings Host(string json) => Translate($$"""{"HostConfig":{{json}}}""").Specification.Host;

    /// <summary>HostConfig as inspect will show it.</summary>
    internal static HostConfig Shown(string json, string version = "1.51", HostFeatures? features = null) =>
        JsonSerializer.Deserialize(Translate($$"""{"HostConfig":{{json}}}""", version, features).Specification.HostConfigJson, ContainersJson.Default.HostConfig)!;

    /// <summary>The words with which a body is refused.</summary>
    internal static string Refusal(string json, string version = "1.51") => Assert.Throws<EngineException>(() => Translate(json, version)).Message;
}
