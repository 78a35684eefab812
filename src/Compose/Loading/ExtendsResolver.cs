namespace Argosy.Compose;

/// <summary>Puts each service over the one it extends, of the same file or of another.</summary>
internal sealed class ExtendsResolver(ComposeFile files)
{
    /// <summary>All services of one canonical document with their bases merged in.</summary>
    /// <param name="document">The document.</param>
    /// <param name="path">The file it is from.</param>
    /// <param name="earlier">What was merged before, where a base of "this file" may also be.</param>
    internal MappingNode Apply(MappingNode document, string path, MappingNode? earlier)
    {
        if (!document.TryGet("services", out ComposeNode? node) || node is not MappingNode services)
            return document;
        MappingNode? other = earlier is not null && earlier.TryGet("services", out ComposeNode? before) ? before as MappingNode : null;
        MappingNode resolved = services.Select((name, service) => Resolve(name, service, services, other, path, []));
        return document.Select((key, value) => key == "services" ? resolved : value);
    }

    private ComposeNode Resolve(string name, ComposeNode service, MappingNode services, MappingNode? other, string path, IReadOnlyList<string> chain)
    {
        if (service is not MappingNode mapping || !mapping.TryGet("extends", out ComposeNode? extends) || extends.IsNull)
            return service;
        if (chain.Contains($"{path}:{name}"))
            throw ComposeException.At(extends.At, $"services.{name}.extends", "circular reference: " + string.Join(" -> ", chain.Append($"{path}:{name}")));
        MapReader reader = MapReader.Of(extends, $"services.{name}.extends");
        string baseName = reader.Required("service");
        string? file = reader.Text("file");
        reader.End();
        IReadOnlyList<string> next = [.. chain, $"{path}:{name}"];
        ComposeNode below = file is null
            ? Resolve(baseName, Find(reader, baseName, path, services, other), services, other, path, next)
            : FromFile(reader, baseName, file, next);
        return below is MappingNode lower ? Merger.MergeService(lower, mapping.Without("extends")) : mapping;
    }

    private ComposeNode FromFile(MapReader reader, string baseName, string file, IReadOnlyList<string> chain)
    {
        if (!File.Exists(file))
            throw reader.Error("file", $"open {file}: no such file or directory");
        MappingNode document = files.Load(file, Path.GetDirectoryName(file)!).Aggregate(Merger.Merge);
        MappingNode services = document.TryGet("services", out ComposeNode? node) && node is MappingNode mapping ? mapping : new MappingNode(document.At);
        return Resolve(baseName, Find(reader, baseName, file, services, null), services, null, file, chain);
    }

    private static ComposeNode Find(MapReader reader, string name, string path, MappingNode services, MappingNode? other) =>
        services.TryGet(name, out ComposeNode? found) || (other is not null && other.TryGet(name, out found))
            ? found
            : throw reader.Error("service", $"cannot extend service: service \"{name}\" not found in {path}");
}
