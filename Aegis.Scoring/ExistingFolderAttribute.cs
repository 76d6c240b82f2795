using System.ComponentModel.DataAnnotations;

namespace Aegis.Scoring;

/// <summary>A setting is the path of a folder that is there, or empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExistingFolderAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is not string { Length: > 0 } path || Directory.Exists(path)
            ? ValidationResult.Success
            : new ValidationResult(
                $"{ScoringOptions.Section}:{validationContext.MemberName} is '{path}', where there is no folder; allowed: a folder of this machine, or nothing.");
}
