using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Argosy.Contract.Stacks;

/// <summary>The JSON of stacks: Compose's snake_case names, Go durations, nothing that was not said.</summary>
public static class StackWire
{
    /// <summary>Where an empty list means something else than no list.</summary>
    private static readonly string[] EmptyHasMeaning = ["command", "entrypoint", "services"];

    private static readonly JsonSerializerOptions Options = new(StackJson.Default.Options)
    {
        TypeInfoResolver = StackJson.Default.WithAddedModifier(SkipEmptyCollections),
    };

    /// <summary>Type information under which empty collections are left out.</summary>
    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static void SkipEmptyCollections(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(string) && !EmptyHasMeaning.Contains(property.Name))
                property.ShouldSerialize = static (_, value) => value is IEnumerable items && items.GetEnumerator().MoveNext();
        }
    }
}
