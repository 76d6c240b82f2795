using System.ComponentModel.DataAnnotations;
using Aegis.Scoring;

namespace Aegis.Tests.Scoring;

public sealed class ExistingFolderAttributeTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    public void Validate_OfAFolderOrNothing_FindsNoFault(string? folder) => Assert.Empty(Faults(folder));

    [Fact]
    public void Validate_OfAnythingElse_NamesTheSettingAndTheValue() => Assert.Equal(
        ["Scoring:RedisFolder is '/no/such/folder', where there is no folder; allowed: a folder of this machine, or nothing."],
        Faults("/no/such/folder"));

    private static List<string?> Faults(string? folder)
    {
        var options = new ScoringOptions { StorePath = "s", ModelPath = "m", TokenKeyPath = "t", RedisFolder = folder };
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(result => result.ErrorMessage)];
    }
}
