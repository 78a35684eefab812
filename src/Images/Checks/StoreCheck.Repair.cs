using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Records;
using Argosy.Linux;
using Argosy.Linux.Files;

namespace Argosy.Images.Checks;

/// <content>
/// Mending, in the order of the faults: a corrupt blob is taken away first, so that the layers and images that need it are seen to.
/// Nothing that can be made again from what is whole is given up; what cannot is forgotten, and the report says what to get again.
/// </content>
public sealed partial class StoreCheck
{
    private async Task RepairAsync(Run run)
    {
        var repaired = new List<Fault>();
        foreach (Fault fault in run.Faults)
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            repaired.Add(await RepairAsync(fault, run.CancellationToken));
        }
        // Images that have become broken by what was given up above.
        foreach (ImageRecord image in images.List().Where(image => images.FindFault(image) is not null && !repaired.Any(fault => fault.Digest == image.Id)))
            repaired.Add(await RepairAsync(new Fault(FaultKind.BrokenImage, NameOf(image), images.FindFault(image)!) { Digest = image.Id }, run.CancellationToken));
        run.Faults = repaired;
    }

    private async Task<Fault> RepairAsync(Fault fault, CancellationToken cancellationToken)
    {
        try
        {
            return fault.Kind switch
            {
                FaultKind.CorruptBlob => TakeAway(fault),
                FaultKind.DamagedLayer => await MendLayerAsync(fault, cancellationToken),
                FaultKind.BrokenImage => await ForgetImageAsync(fault),
                FaultKind.Stray => Remove(fault),
                _ => fault with { Repair = "get its image again, or remove the container" },
            };
        }
        catch (Exception exception) when (exception is IOException or LinuxException or EngineException or UnauthorizedAccessException)
        {
            return fault with { Repair = "could not be repaired: " + exception.Message };
        }
    }

    private Fault TakeAway(Fault fault)
    {
        content.Delete(fault.Digest!.Value);
        return fault with { Repair = "removed", IsRepaired = true };
    }

    /// <summary>Made again from its blob. A layer that is mounted stays: the kernel forbids changes below a mounted overlay.</summary>
    private async Task<Fault> MendLayerAsync(Fault fault, CancellationToken cancellationToken)
    {
        using Leases.Lease lease = leases.Begin();
        lease.Add(fault.Digest!.Value);
        if (!layers.TryGet(fault.Digest.Value, out LayerRecord? layer))
            return fault with { Repair = "it is gone meanwhile", IsRepaired = true };
        if (snapshots.FindMounted(layer.ChainId) is { } key)
            return fault with { Repair = $"in use by {key}: stop it and repair again" };
        if (BlobOf(layer) is { } blob)
        {
            lease.Add(blob);
            await layers.RestoreAsync(layer, blob, cancellationToken);
            return fault with { Repair = "unpacked again from its blob", IsRepaired = true };
        }
        if (snapshots.All.FirstOrDefault(snapshot => snapshot.ChainIds.Contains(layer.ChainId)) is { } user)
            return fault with { Repair = $"its blob is not here: get its image again, or remove {user.Key}, which stands on it" };
        await layers.ForgetAsync(layer);
        return fault with { Repair = "forgotten: its blob is not here", IsRepaired = true };
    }

    private async Task<Fault> ForgetImageAsync(Fault fault)
    {
        if (await images.ConfirmFaultAsync(fault.Digest!.Value) is null || !images.TryGet(fault.Digest.Value, out ImageRecord? image))
            return fault with { Repair = "it is whole again", IsRepaired = true };
        await images.DeleteAsync(image.Id);
        string[] names = [.. image.RepoTags.Concat(image.RepoDigests)];
        return fault with { Repair = names.Length == 0 ? "forgotten: make it again" : $"forgotten: pull or build again {string.Join(", ", names)}", IsRepaired = true };
    }

    private static Fault Remove(Fault fault)
    {
        FileTree.Remove(fault.Subject);
        return fault with { Repair = "removed", IsRepaired = true };
    }
}
