using Argosy.Contract.Build;
using Argosy.Core;

namespace Argosy.Api.Routes.Build;

/// <summary>
/// The <c>outputs</c> of <c>POST /build</c>: the engine's own exporter, which stores the image and may give it names. What BuildKit would send
/// to its client's session (files, archives) or push is refused: there is no session, and there are endpoints for each of them.
/// </summary>
internal static class BuildExports
{
    /// <summary>The names that the outputs give the image.</summary>
    /// <exception cref="EngineException">An output that is not done, by its name.</exception>
    public static IEnumerable<string> NamesOf(IReadOnlyList<BuildExport> exports) => exports.SelectMany(NamesOf);

    private static string[] NamesOf(BuildExport export)
    {
        if (export is not { Type: "moby" })
            throw EngineException.Invalid($"build parameter outputs: the type must be moby, not '{export?.Type}'");
        IReadOnlyDictionary<string, string> attributes = export.Attrs ?? new Dictionary<string, string>();
        if (attributes.GetValueOrDefault("type", "image") is not ("image" or "docker" or "moby") and var type)
            throw EngineException.NotImplemented($"build parameter outputs: type {type} is not implemented: build an image, then save, export or push it");
        foreach (string name in attributes.Keys.Where(name => name is not ("type" or "name")))
            throw EngineException.NotImplemented($"build parameter outputs: attribute {name} is not implemented");
        return attributes.GetValueOrDefault("name", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
