using System.Globalization;
using System.Text;
using Argosy.Core;
using Argosy.Linux.Processes;

namespace Argosy.Runtime;

/// <summary>A container's directory below <see cref="DaemonPaths.Bundles"/>: all that is known about it as a process. docs/design/runtime.md lists the files.</summary>
internal sealed class Bundle(DaemonPaths paths, ContainerId id)
{
    public ContainerId Id => id;

    public string Directory { get; } = System.IO.Path.Combine(paths.Bundles, id.Value);

    public string ConfigFile => File("config.json");

    /// <summary>Written by the runtime: the first process's pid.</summary>
    public string PidFile => File("pid");

    public string ConmonPidFile => File("conmon.pid");

    /// <summary>Touched by conmon when the kernel kills for want of memory; it is conmon's working directory.</summary>
    public string OomFile => File("oom");

    public string ExecsDirectory => File("x");

    public string ExitFile => System.IO.Path.Combine(paths.Exits, id.Value);

    public bool Exists => System.IO.Directory.Exists(Directory);

    /// <summary>The path of the OCI runtime that made the container; null when there is no bundle.</summary>
    public string? Runtime
    {
        get => Read("runtime");
        set => Write("runtime", value ?? "");
    }

    /// <summary>The container's cgroup, from each hierarchy's root.</summary>
    public string? CgroupPath
    {
        get => Read("cgroup");
        set => Write("cgroup", value ?? "");
    }

    /// <summary>The first process; null before it was made. When the daemon died before it wrote this down, conmon's pid file and the process's cgroup tell.</summary>
    public ProcessIdentity? Init
    {
        get => Parse(Read("init")) ?? FromPidFile();
        set => Write("init", value is { } process ? $"{process.Pid} {process.StartTime}" : "");
    }

    /// <summary>An exec's directory; its name is short, for the attach socket's sake.</summary>
    public string ExecDirectory(string execId) => System.IO.Path.Combine(ExecsDirectory, execId[..Math.Min(execId.Length, 16)]);

    public void Write(string name, string content)
    {
        using var stream = new FileStream(File(name), FileMode.Create, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    private string? Read(string name)
    {
        try
        {
            string text = System.IO.File.ReadAllText(File(name));
            return text.Length == 0 ? null : text;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static ProcessIdentity? Parse(string? text)
    {
        string[] parts = (text ?? "").Split(' ');
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int pid)
            && ulong.TryParse(parts[1], CultureInfo.InvariantCulture, out ulong started)
            ? new ProcessIdentity(pid, started)
            : null;
    }

    private ProcessIdentity? FromPidFile()
    {
        if (!int.TryParse(Read("pid"), CultureInfo.InvariantCulture, out int pid) || !ProcessIdentity.TryRead(pid, out ProcessIdentity process))
            return null;
        try
        {
            return System.IO.File.ReadAllText($"/proc/{pid}/cgroup").Contains(id.Value, StringComparison.Ordinal) ? process : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string File(string name) => System.IO.Path.Combine(Directory, name);
}
