using System.ComponentModel.DataAnnotations;
using Aegis.Core.Transactions;

namespace Aegis.Streams;

/// <summary>Codes that an operator adds to those of ISO. All processes of one installation agree on them, and the commands of
/// Aegis.Training read the same variables.</summary>
public sealed class CodeOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Codes";

    /// <summary>Currencies that ISO 4217 does not have, each with the digits of its minor unit, 0 to 8: <c>PTS:0,GLD:3</c>. Give each a
    /// rate in a table of your own: without one its amounts are not compared.</summary>
    public string Currencies { get; set; } = "";

    /// <summary>Countries by alpha-2 codes that ISO 3166-1 does not have: <c>XA,XZ</c>.</summary>
    public string Countries { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string?[] faults = [AddedCodes.FaultOfCurrencies(Currencies), AddedCodes.FaultOfCountries(Countries)];
        return faults.Where(fault => fault is not null).Select(fault => new ValidationResult(fault));
    }
}
