using Argosy.Build.Cache;
using Argosy.Build.Context;
using Argosy.Build.Syntax.Instructions;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Build.Execution;

/// <summary>WORKDIR: sets the directory, and makes it when it is missing.</summary>
internal sealed partial class StageBuilder
{
    private async Task WorkdirAsync(WorkdirInstruction instruction, CancellationToken cancellationToken)
    {
        string path = Guarded(instruction, () => ContainerPath.Absolute(WorkingDirectory, Expand(instruction.Path)));
        Settings.WorkingDir = path;
        string user = Settings.User ?? "";
        string Key()
        {
            using var key = new CacheKey("workdir", ChainId.Of(Image.DiffIds), session.Arguments.Epoch);
            return key.Add(path).Add(user).Finish();
        }
        await LayerStepAsync([() => Task.FromResult(Key())], $"WORKDIR {path}", standsAlone: false, snapshot =>
        {
            using var root = RootDirectory.Open(snapshot.Root);
            UnixPath directory = ContainerPath.Clean(path);
            if (root.Status(directory) is not { IsDirectory: true })
                root.MakeDirectories(directory, 0x1ed, user.Length == 0 ? (0, 0) : ImageUsers.Resolve(root, user));
            return Task.CompletedTask;
        }, cancellationToken, tellsAll: true);
    }
}
