using System.Globalization;

namespace Argosy.Linux.Processes;

/// <summary>A process that is told apart from a later one with the same pid by its start time (proc(5), stat field 22, clock ticks since boot).</summary>
public readonly record struct ProcessIdentity(int Pid, ulong StartTime)
{
    /// <summary>The process that has this pid now; false when there is none, or only a zombie.</summary>
    public static bool TryRead(int pid, out ProcessIdentity identity)
    {
        identity = default;
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (IOException)
        {
            return false;
        }
        // The second field is the name in parentheses, which may hold anything: fields are counted from its end.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        if (fields[0] is "Z" or "X" || !ulong.TryParse(fields[19], CultureInfo.InvariantCulture, out ulong started))
            return false;
        identity = new ProcessIdentity(pid, started);
        return true;
    }

    /// <summary>Whether this very process still exists and is no zombie.</summary>
    public bool IsAlive() => TryRead(Pid, out ProcessIdentity now) && now == this;
}
