using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Argosy.Api.Http;
using Argosy.Api.Routes.Images;
using Argosy.Build;
using Argosy.Contract.Build;
using Argosy.Contract.System;
using Argosy.Core;
using Argosy.Engine.Builds;
using Argosy.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Argosy.Api.Routes.Build;

/// <summary>The parameters of <c>POST /build</c>. What is not done is refused by its name.</summary>
internal static class BuildQuery
{
    // Given empty or with their default by clients that know them; anything else would have to be obeyed.
    private static readonly string[] Refused = ["securityopt", "credentialspec"];

    public static BuildCommand Read(HttpContext context)
    {
        RefuseTheRest(context);
        return new BuildCommand
        {
            Dockerfile = context.Query("dockerfile") is { Length: > 0 } path ? path : "Dockerfile",
            Remote = Text(context, "remote"),
            Names = [.. Values(context, "t").Concat(BuildExports.NamesOf(Json(context, "outputs", BuildJson.Default.Exports) ?? [])).Select(Name).DistinctBy(name => name.ToString())],
            Arguments = Json(context, "buildargs", BuildJson.Default.BuildArguments) ?? [],
            Labels = (Json(context, "labels", BuildJson.Default.BuildArguments) ?? []).ToDictionary(label => label.Key, label => label.Value ?? ""),
            Target = context.Query("target") is { Length: > 0 } target ? target : null,
            NoCache = context.QueryBool("nocache"),
            Squash = context.QueryBool("squash"),
            Pull = context.QueryBool("pull"),
            Network = Network(context.Query("networkmode")),
            Platform = PlatformOf(context.Query("platform")),
            Limits = Limits(context),
            CacheFrom = [.. (Json(context, "cachefrom", BuildJson.Default.Strings) ?? []).Where(name => !string.IsNullOrEmpty(name))],
            Credentials = Credentials(context),
        };
    }

    /// <summary>An age as Go writes durations, or a time.</summary>
    public static TimeSpan? Age(string text) =>
        Argosy.Build.Syntax.GoDuration.TryParse(text, out TimeSpan age) ? age : throw EngineException.Invalid($"invalid filter 'until={text}': a duration such as 24h is expected");

    /// <summary>The header <c>X-Registry-Config</c>: base64url JSON, credentials by registry.</summary>
    private static Dictionary<string, RegistryCredentials> Credentials(HttpContext context)
    {
        Dictionary<string, AuthConfig> configs = RegistryAuth.Read("X-Registry-Config", context.Request.Headers["X-Registry-Config"], BuildJson.Default.RegistryConfig) ?? [];
        return configs.DistinctBy(pair => RegistryAuth.DomainOf(pair.Key)).ToDictionary(pair => RegistryAuth.DomainOf(pair.Key), pair => RegistryAuth.Of(pair.Value));
    }

    private static StepLimits Limits(HttpContext context) => new()
    {
        Memory = Number(context, "memory"),
        MemorySwap = Number(context, "memswap"),
        CpuShares = Number(context, "cpushares"),
        CpuPeriod = Number(context, "cpuperiod"),
        CpuQuota = Number(context, "cpuquota"),
        CpusetCpus = Text(context, "cpusetcpus"),
        CpusetMems = Text(context, "cpusetmems"),
        CgroupParent = Text(context, "cgroupparent"),
        ShmSize = Number(context, "shmsize"),
        ExtraHosts = [.. Values(context, "extrahosts").SelectMany(ExtraHosts)],
        Ulimits = [.. (Json(context, "ulimits", BuildJson.Default.Ulimits) ?? []).Select(limit => new StepUlimit(limit.Name, limit.Soft, limit.Hard))],
    };

    private static void RefuseTheRest(HttpContext context)
    {
        if (context.Query("version") == "2")
            throw EngineException.NotImplemented("BuildKit (version=2) is not part of this engine: build with DOCKER_BUILDKIT=0, or with argosy build");
        foreach (string name in Refused)
        {
            if (Text(context, name) is { } value && value is not ("[]" or "null"))
                throw EngineException.NotImplemented($"build parameter {name} is not implemented");
        }
        if (Text(context, "isolation") is { } isolation && isolation != "default")
            throw EngineException.Invalid($"Unsupported isolation: \"{isolation}\"");
    }

    private static ImageReference Name(string text)
    {
        ImageReference name = ImageReference.Parse(text);
        return name.Digest is null ? name : throw EngineException.Invalid("build tag cannot contain a digest");
    }

    private static string Network(string? mode) => mode switch
    {
        null or "" or "default" or "bridge" => "default",
        "none" => "none",
        "host" => "host",
        _ => mode,
    };

    private static Platform PlatformOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Platform.Host;
        var platform = Platform.Parse(text);
        return platform.Accepts(Platform.Host) ? platform : throw EngineException.NotImplemented($"build parameter platform={text} is not implemented: this engine builds for {Platform.Host}");
    }

    /// <summary>Older clients send one JSON list, newer ones repeat the parameter.</summary>
    private static IEnumerable<string> ExtraHosts(string text)
    {
        if (!text.StartsWith('['))
            return [text];
        return JsonSerializer.Deserialize(text, BuildJson.Default.Strings) ?? [];
    }

    private static IEnumerable<string> Values(HttpContext context, string name) =>
        context.Request.Query.TryGetValue(name, out StringValues values) ? values.Where(value => !string.IsNullOrEmpty(value)).Select(value => value!) : [];

    private static string? Text(HttpContext context, string name) => context.Query(name) is { Length: > 0 } text ? text : null;

    /// <summary>Zero is how clients say nothing.</summary>
    private static long? Number(HttpContext context, string name)
    {
        if (Text(context, name) is not { } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            throw EngineException.Invalid($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
        return value == 0 ? null : value;
    }

    private static T? Json<T>(HttpContext context, string name, JsonTypeInfo<T> type) where T : class
    {
        if (Text(context, name) is not { } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException exception)
        {
            throw EngineException.Invalid($"error reading {name}: {exception.Message}");
        }
    }
}
