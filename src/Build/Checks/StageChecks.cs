using Argosy.Build.Execution;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Checks;

/// <summary>What a stage does, instruction by instruction.</summary>
/// <param name="environment">Its variables; goes along.</param>
/// <param name="ignored">What .dockerignore leaves out of the context; null when it cannot be said of a single path.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class StageChecks(StageEnvironment environment, IgnorePatterns? ignored, CheckFindings findings)
{
    private readonly Dictionary<Type, Instruction> last = [];

    /// <summary>Whether a shell was chosen, here or below.</summary>
    public bool HasShell { get; set; }

    /// <summary>Whether a working directory was set in this file, here or below.</summary>
    public bool HasWorkdir { get; set; }

    public StageEnvironment Environment => environment;

    public void Look(Instruction instruction)
    {
        VariableChecks.Look(instruction, environment, findings);
        switch (instruction)
        {
            case CmdInstruction cmd:
                LookAtCommand(cmd, cmd.Command);
                break;
            case EntrypointInstruction entrypoint:
                LookAtCommand(entrypoint, entrypoint.Command);
                break;
            case HealthcheckInstruction check:
                LookAtRepeated(check);
                break;
            case ShellInstruction:
                HasShell = true;
                break;
            case WorkdirInstruction workdir:
                LookAtWorkdir(workdir);
                break;
            case EnvInstruction { IsOldForm: true } or LabelInstruction { IsOldForm: true }:
                string word = FileChecks.WordOf(instruction);
                findings.Add(CheckRules.LegacyKeyValueFormat, instruction, $"\"{word} key=value\" should be used instead of legacy \"{word} key value\" format");
                break;
            case ExposeInstruction expose:
                ExposeChecks.Look(expose, environment, findings);
                break;
            case CopyInstruction { From: null } copy when ignored is not null:
                CopyChecks.Look(copy, environment, ignored, findings);
                break;
        }
        SecretChecks.Look(instruction, findings);
        environment.Apply(instruction);
    }

    private void LookAtCommand(Instruction instruction, CommandLine command)
    {
        LookAtRepeated(instruction);
        if (command is { IsShellForm: true, Arguments.Count: > 0 } && !HasShell)
            findings.Add(CheckRules.JsonArgsRecommended, instruction, $"JSON arguments recommended for {FileChecks.WordOf(instruction)} to prevent unintended behavior related to OS signals");
    }

    /// <summary>The one before is told of: it is the one that is of no use.</summary>
    private void LookAtRepeated(Instruction instruction)
    {
        if (last.TryGetValue(instruction.GetType(), out Instruction? before))
            findings.Add(CheckRules.MultipleInstructionsDisallowed, before, $"Multiple {FileChecks.WordOf(instruction)} instructions should not be used in the same stage because only the last one will be used");
        last[instruction.GetType()] = instruction;
    }

    private void LookAtWorkdir(WorkdirInstruction instruction)
    {
        string? path = environment.Expand(instruction.Path, []);
        bool isDecided = environment.IsKnown || !instruction.Path.Contains('$', StringComparison.Ordinal);
        if (!HasWorkdir && isDecided && path is not null && !path.StartsWith('/'))
            findings.Add(CheckRules.WorkdirRelativePath, instruction, $"Relative workdir {GoQuote.Text(path)} can have unexpected results if the base image changes");
        HasWorkdir = true;
    }
}
