using System.Globalization;
using Argosy.Api.Http;
using Argosy.Contract.Stacks;
using Argosy.Core;
using Argosy.Stacks;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Routes.Stacks;

/// <summary>The query parameters of operations on stacks; lists are separated by commas.</summary>
internal static class StackQuery
{
    internal static UpOptions Up(HttpContext context) => new()
    {
        Services = Names(context, "services"),
        KnownServices = Names(context, "known"),
        NoDependencies = context.QueryBool("noDeps"),
        ForceRecreate = Recreate(context) == "force",
        NoRecreate = Recreate(context) == "never",
        RemoveOrphans = context.QueryBool("removeOrphans"),
        NoStart = context.QueryBool("noStart"),
        RenewAnonymousVolumes = context.QueryBool("renewAnonVolumes"),
        Wait = context.QueryBool("wait"),
        TimeoutSeconds = context.QueryInt("timeout"),
        Pull = context.Query("pull") switch
        {
            null or "" => null,
            "always" or "missing" or "never" => context.Query("pull"),
            var other => throw EngineException.Invalid($"invalid pull policy \"{other}\": use always, missing or never"),
        },
    };

    internal static DownOptions Down(HttpContext context) => new()
    {
        Volumes = context.QueryBool("volumes"),
        RemoveOrphans = context.QueryBool("removeOrphans"),
        Services = Names(context, "services"),
        KnownServices = Names(context, "known"),
        TimeoutSeconds = context.QueryInt("timeout"),
        RemoveImages = context.Query("rmi") switch
        {
            null or "" => null,
            "local" or "all" => context.Query("rmi"),
            var other => throw EngineException.Invalid($"invalid value for rmi: \"{other}\": use local or all"),
        },
    };

    /// <summary><c>scale=web=3,db=1</c> over the specification's own numbers.</summary>
    internal static StackSpec Scaled(HttpContext context, StackSpec spec)
    {
        var services = new Dictionary<string, StackService>(spec.Services, StringComparer.Ordinal);
        foreach (string entry in Names(context, "scale"))
        {
            string[] parts = entry.Split('=');
            if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                throw EngineException.Invalid($"invalid scale specifier: {entry}");
            if (!services.TryGetValue(parts[0], out StackService? service))
                throw EngineException.NotFound($"no such service: {parts[0]}");
            services[parts[0]] = service with { Scale = number };
        }
        return spec with { Services = services };
    }

    internal static IReadOnlyList<string> Names(HttpContext context, string key) =>
        (context.Query(key) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Recreate(HttpContext context) => context.Query("recreate") switch
    {
        null or "" or "diverged" => "diverged",
        "force" => "force",
        "never" => "never",
        var other => throw EngineException.Invalid($"invalid recreate policy \"{other}\": use diverged, force or never"),
    };
}
