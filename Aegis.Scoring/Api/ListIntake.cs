using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Lists;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Api;

/// <summary>Reads values of lists as callers write them. Card numbers become tokens here and go no further.</summary>
internal sealed class ListIntake(CardTokeniser tokeniser, TimeProvider time)
{
    /// <summary>The most entries of one change.</summary>
    public const int MaxAtOnce = 100_000;

    /// <summary>The form in which a list keeps a value; null, and a fault, if it cannot.</summary>
    public string? Value(ListSubject of, string? value, string field, List<TransactionFault> faults)
    {
        var cleaned = value is null ? null : of switch
        {
            ListSubject.Card => tokeniser.Tokenise(value)?.Token ?? value,
            ListSubject.Merchant or ListSubject.Device => tokeniser.Clean(value),
            _ => value,
        };
        var kept = cleaned is null ? null : ListValues.Normalise(of, cleaned);
        if (kept is null || (of != ListSubject.Card && CardNumbers.Contains(kept)))
        {
            faults.Add(TransactionFault.Of(field, value is null ? null : CardNumbers.Mask(value), ListValues.Allowed(of)));
            return null;
        }

        return kept;
    }

    /// <summary>An entry; null, and faults, if it has any.</summary>
    public NewEntry? Entry(ListSubject of, string? value, string? reason, string? until, string prefix, List<TransactionFault> faults)
    {
        var before = faults.Count;
        var kept = Value(of, value, prefix + "value", faults);
        ChangeRules.CheckText(prefix + "reason", reason, faults);
        var end = until is null ? null : End(until, prefix + "until", faults);
        return faults.Count == before ? new NewEntry(kept!, reason, end) : null;
    }

    /// <summary>A moment to come; null, and a fault, if it is none.</summary>
    public DateTimeOffset? End(string? until, string field, List<TransactionFault> faults)
    {
        if (until is not null && WrittenTime.TryParse(until, out var end) && end > time.GetUtcNow())
        {
            return end;
        }

        faults.Add(TransactionFault.Of(field, until, $"{WrittenTime.Allowed}, later than now"));
        return null;
    }

    /// <summary>Who changes something, why and when.</summary>
    public ListAuthor Author(string by, string why) => new(by, why, time.GetUtcNow());
}
