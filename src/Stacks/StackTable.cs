using System.Diagnostics.CodeAnalysis;
using Argosy.Store;

namespace Argosy.Stacks;

/// <summary>The records of stacks, by name.</summary>
public sealed class StackTable(StateStore store)
{
    private readonly Collection<StackRecord> records = store.Collection("stack", StacksJson.Default.StackRecord);

    internal ICollection<StackRecord> All => records.All;

    internal bool TryGet(string name, [NotNullWhen(true)] out StackRecord? record) => records.TryGet(name, out record);

    internal Task PutAsync(StackRecord record) => records.PutAsync(record.Spec.Name, record);

    internal Task DeleteAsync(string name) => records.DeleteAsync(name);

    /// <summary>True when the stack, and not the engine's restart policies, decides when this container starts after a start of the daemon.</summary>
    public bool Governs(IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue(ComposeLabels.Project, out string? project) && records.TryGet(project, out StackRecord? record)
        && record.Goal == StackGoal.Up && labels.TryGetValue(ComposeLabels.Service, out string? service) && record.Spec.Services.ContainsKey(service);
}
