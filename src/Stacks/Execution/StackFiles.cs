using System.Globalization;
using System.Text;
using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>
/// Secrets and configs as files to mount: the user's own file, or a copy in a directory that only root can enter
/// (the mount reaches the file itself, so that a service needs no way through the directory). Contents are never logged.
/// </summary>
public sealed class StackFiles(DaemonPaths paths)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Docker's default for secrets and configs: readable by all.</summary>
    private const int DefaultMode = 0b100_100_100;

    /// <summary>Where the mount's source is.</summary>
    internal string PathOf(StackSpec spec, StackFileReference reference, bool isSecret)
    {
        StackFile file = (isSecret ? spec.Secrets : spec.Configs)[reference.Source];
        return NeedsCopy(file, reference) ? CopyPath(spec.Name, reference, isSecret) : file.File!;
    }

    /// <summary>Writes the copies that the selected services need.</summary>
    /// <exception cref="EngineException">A file that is to be mounted does not exist.</exception>
    internal void Materialise(StackSpec spec, IEnumerable<string> services)
    {
        foreach (StackService service in services.Select(name => spec.Services[name]))
        {
            foreach (StackFileReference reference in service.Secrets)
                Materialise(spec, reference, isSecret: true);
            foreach (StackFileReference reference in service.Configs)
                Materialise(spec, reference, isSecret: false);
        }
    }

    /// <summary>Removes everything of the project; nothing there is no error.</summary>
    internal void Remove(string project)
    {
        string directory = ProjectDirectory(project);
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    private void Materialise(StackSpec spec, StackFileReference reference, bool isSecret)
    {
        StackFile file = (isSecret ? spec.Secrets : spec.Configs)[reference.Source];
        if (reference.Uid is not null || reference.Gid is not null)
            throw EngineException.NotImplemented($"{(isSecret ? "secret" : "config")} {reference.Source}: uid and gid are not supported yet");
        if (file.File is { } source && !File.Exists(source))
            throw EngineException.Invalid($"invalid mount config for type \"bind\": bind source path does not exist: {source}");
        if (!NeedsCopy(file, reference))
            return;
        string path = CopyPath(spec.Name, reference, isSecret);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private);
        byte[] content = file.Content is { } text ? Encoding.UTF8.GetBytes(text) : File.ReadAllBytes(file.File!);
        // A running container has the old file mounted: it keeps it until it is replaced.
        if (!File.Exists(path) || !content.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            AtomicFile.Write(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)(reference.Mode ?? DefaultMode));
    }

    private static bool NeedsCopy(StackFile file, StackFileReference reference) => file.Content is not null || reference.Mode is not null;

    private string CopyPath(string project, StackFileReference reference, bool isSecret)
    {
        string mode = Convert.ToString(reference.Mode ?? DefaultMode, 8);
        string name = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(reference.Source));
        return Path.Combine(ProjectDirectory(project), isSecret ? "secrets" : "configs", string.Create(CultureInfo.InvariantCulture, $"{name}.{mode}"));
    }

    private string ProjectDirectory(string project) => Path.Combine(paths.DataRoot, "stacks", project);
}
