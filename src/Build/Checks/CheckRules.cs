namespace Argosy.Build.Checks;

/// <summary>The rules, in the order of Docker's reference (https://docs.docker.com/reference/build-checks/).</summary>
internal static class CheckRules
{
    public static readonly CheckRule StageNameCasing = new("StageNameCasing", "stage-name-casing", "Stage names should be lowercase");

    public static readonly CheckRule FromAsCasing = new("FromAsCasing", "from-as-casing", "The 'as' keyword should match the case of the 'from' keyword");

    public static readonly CheckRule NoEmptyContinuation = new("NoEmptyContinuation", "no-empty-continuation", "Empty continuation lines will become errors in a future release");

    public static readonly CheckRule ConsistentInstructionCasing = new(
        "ConsistentInstructionCasing", "consistent-instruction-casing", "All commands within the Dockerfile should use the same casing (either upper or lower)");

    public static readonly CheckRule DuplicateStageName = new("DuplicateStageName", "duplicate-stage-name", "Stage names should be unique");

    public static readonly CheckRule ReservedStageName = new("ReservedStageName", "reserved-stage-name", "Reserved words should not be used as stage names");

    public static readonly CheckRule JsonArgsRecommended = new(
        "JSONArgsRecommended", "json-args-recommended", "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals");

    public static readonly CheckRule MaintainerDeprecated = new(
        "MaintainerDeprecated", "maintainer-deprecated", "The MAINTAINER instruction is deprecated, use a label instead to define an image author");

    public static readonly CheckRule UndefinedArgInFrom = new("UndefinedArgInFrom", "undefined-arg-in-from", "FROM command must use declared ARGs");

    public static readonly CheckRule WorkdirRelativePath = new(
        "WorkdirRelativePath", "workdir-relative-path", "Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes");

    public static readonly CheckRule UndefinedVar = new("UndefinedVar", "undefined-var", "Variables should be defined before their use");

    public static readonly CheckRule MultipleInstructionsDisallowed = new(
        "MultipleInstructionsDisallowed", "multiple-instructions-disallowed", "Multiple instructions of the same type should not be used in the same stage");

    public static readonly CheckRule LegacyKeyValueFormat = new("LegacyKeyValueFormat", "legacy-key-value-format", "Legacy key/value format with whitespace separator should not be used");

    public static readonly CheckRule RedundantTargetPlatform = new(
        "RedundantTargetPlatform", "redundant-target-platform", "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior");

    public static readonly CheckRule SecretsUsedInArgOrEnv = new("SecretsUsedInArgOrEnv", "secrets-used-in-arg-or-env", "Sensitive data should not be used in the ARG or ENV commands");

    public static readonly CheckRule InvalidDefaultArgInFrom = new(
        "InvalidDefaultArgInFrom", "invalid-default-arg-in-from", "Default value for global ARG results in an empty or invalid base image name");

    public static readonly CheckRule FromPlatformFlagConstDisallowed = new(
        "FromPlatformFlagConstDisallowed", "from-platform-flag-const-disallowed", "FROM --platform flag should not use a constant value");

    public static readonly CheckRule CopyIgnoredFile = new("CopyIgnoredFile", "copy-ignored-file", "Attempting to Copy file that is excluded by .dockerignore");

    public static readonly CheckRule InvalidDefinitionDescription = new(
        "InvalidDefinitionDescription", "invalid-definition-description",
        "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not intended to be a description comment, add an empty line or comment between the instruction and the comment.")
    { IsExperimental = true };

    public static readonly CheckRule ExposeProtoCasing = new("ExposeProtoCasing", "expose-proto-casing", "Protocol in EXPOSE instruction should be lowercase");

    public static readonly CheckRule ExposeInvalidFormat = new(
        "ExposeInvalidFormat", "expose-invalid-format", "IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release");
}
