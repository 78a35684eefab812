using System.Text.Json.Serialization;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <summary>How stacks are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(GoDurationConverter)])]
[JsonSerializable(typeof(StackRecord))]
internal sealed partial class StacksJson : JsonSerializerContext;
