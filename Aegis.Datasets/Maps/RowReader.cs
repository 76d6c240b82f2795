using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using CsvHelper;

namespace Aegis.Datasets.Maps;

/// <summary>Finds the mapped fields of one line after another.</summary>
internal sealed class RowReader : TransactionFields
{
    private readonly Dictionary<string, FieldSource> _sources = [];
    private readonly FieldSource _amount, _currency;
    private readonly FieldSource? _label, _scenario;
    private readonly List<TransactionFault> _faults;
    private CsvReader _cells;
    private long _line;
    private bool _isCredit;

    /// <exception cref="DatasetException">The file lacks a column that the map names.</exception>
    public RowReader(ColumnMap map, CsvFile file, string path)
        : this(map, file, path, [])
    {
    }

    private RowReader(ColumnMap map, CsvFile file, string path, List<TransactionFault> faults)
        : base(faults)
    {
        (_cells, _faults) = (file.Cells, faults);
        foreach (var (target, field) in map.Fields)
        {
            _sources[target.FieldName] = FieldSource.Bind(map, target, field, file, path);
        }

        (_amount, _currency) = (_sources[FieldNames.AmountMinor], _sources[FieldNames.Currency]);
        (_label, _scenario) = (_sources.GetValueOrDefault(TargetField.Label.Name), _sources.GetValueOrDefault(TargetField.Scenario.Name));
    }

    /// <summary>Reads the current line.</summary>
    /// <param name="file">The file, at the line to read.</param>
    /// <param name="tokeniser">Exchanges card numbers for tokens; without it a card number is a fault.</param>
    /// <param name="now">The clock that event times are checked against.</param>
    public CsvLine Read(CsvFile file, CardTokeniser? tokeniser, DateTimeOffset now)
    {
        (_cells, _line) = (file.Cells, file.Line);
        _faults.Clear();
        _isCredit = false;
        var transaction = Assemble(tokeniser);
        var label = new FraudLabel(ReadLabel(), _scenario is null ? null : TextOf(_scenario));
        return !HasFaults && Judge(transaction, now) is { } valid
            ? new CsvLine(_line, valid, label, [])
            : new CsvLine(_line, null, label, [.. _faults.Select(Locate)]);
    }

    /// <inheritdoc/>
    protected override string? Find(string field) => _sources.TryGetValue(field, out var source) ? TextOf(source) : null;

    /// <inheritdoc/>
    protected override string AllowedOf(string required) => "a value";

    /// <inheritdoc/>
    protected override (string Token, string? Bin, string? LastFour) Card(CardTokeniser? tokeniser)
    {
        var token = Required(FieldNames.CardToken);
        var card = CardOf(token, tokeniser);
        if (tokeniser is null && CardNumbers.Contains(token))
        {
            Fault(FieldNames.CardToken, token, "a token; to read card numbers, give the token key by --token-key");
        }

        // Read before the rest, as the amount in major units depends on it: its fault comes first.
        _ = Currency;
        return card;
    }

    /// <inheritdoc/>
    protected override bool TryTime(string text, out DateTimeOffset time, out string allowed)
    {
        var format = _sources[FieldNames.EventTime].Map.Time;
        allowed = format.Allowed;
        return format.TryParse(text, out time);
    }

    /// <inheritdoc/>
    protected override long AmountOf(string text)
    {
        var written = _amount.Map.HasRefunds ? SignedAmount.Of(text) : new SignedAmount(text, false);
        if (!_amount.Map.Number.TryParse(written.Text, out decimal value) || (written.IsCredit && value < 0))
        {
            var allowed = _amount.Map.Number.Allowed;
            Fault(FieldNames.AmountMinor, text, _amount.Map.HasRefunds ? $"{allowed}; of a refund as -5, (5) or 5CR" : allowed);
            return 0;
        }

        _isCredit = written.IsCredit || (_amount.Map.HasRefunds && value < 0);
        value = _isCredit ? Math.Abs(value) : value;

        var isMajor = _amount.Map.IsMajor;
        if (isMajor && !Currencies.IsKnown(Currency))
        {
            Fault(FieldNames.Currency, Currency, FieldText.Refusal(FieldKind.Currency, _currency.Map, Currency)!);
            return 0;
        }

        // Checked before scaling, which could overflow.
        var isScaled = isMajor && Math.Abs(value) <= TransactionRules.MaxAmountMinor;
        var minor = isScaled ? value * (decimal)Math.Pow(10, Currencies.DecimalsOf(Currency)) : value;
        // Some files write out binary fractions: 85.64999999999999 is 85.65.
        var whole = decimal.Round(minor);
        if ((Math.Abs(minor - whole) > 0.001m && !_amount.Map.IsRounded) || Math.Abs(whole) > TransactionRules.MaxAmountMinor)
        {
            var units = isMajor ? "minor units of the currency" : "minor units";
            Fault(FieldNames.AmountMinor, text, $"whole {units}, at most {TransactionRules.MaxAmountMinor}");
            return 0;
        }

        return (long)whole;
    }

    /// <inheritdoc/>
    protected override PaymentKind KindOf(PaymentKind? named)
    {
        if (_isCredit && named is { } kind && !kind.IsCredit())
        {
            Fault(FieldNames.Kind, kind.Name(), "refund or reversal, for an amount that goes back to the card");
        }

        return named ?? (_isCredit ? PaymentKind.Refund : PaymentKind.Purchase);
    }

    /// <inheritdoc/>
    protected override bool TryMcc(string text, out int mcc, out string allowed)
    {
        allowed = FieldText.McCodes;
        return FieldText.TryMcc(text, out mcc);
    }

    /// <inheritdoc/>
    protected override bool TryNumber(string field, string text, out double value, out string allowed)
    {
        var format = _sources[field].Map.Number;
        allowed = format.Allowed;
        return format.TryParse(text, out value);
    }

    /// <inheritdoc/>
    protected override void Fault(string field, string? value, string allowed) =>
        base.Fault(_sources.TryGetValue(field, out var source) ? source.Target.Name : field, value, allowed);

    private CsvFault Locate(TransactionFault fault) => new(
        fault, TargetField.OfMessage(fault.Field) is { } target ? _sources.GetValueOrDefault(target.FieldName)?.ShownColumn : null);

    private string? TextOf(FieldSource source)
    {
        var text = source.Read(_cells, _line, out var unknown);
        if (unknown is not null)
        {
            Fault(source.Target.FieldName, unknown, $"what the map's values hold: {CsvFile.Shown([.. source.Map.Values!.Keys])}");
        }

        return text;
    }

    /// <summary>False where the map names no label.</summary>
    private bool ReadLabel()
    {
        if (_label is null)
        {
            return false;
        }

        var text = Required(TargetField.Label.Name);
        var isFraud = false;
        if (text.Length > 0 && !_label.Map.Labels.TryParse(text, out isFraud))
        {
            Fault(TargetField.Label.Name, text, _label.Map.Labels.Allowed);
        }

        return isFraud;
    }
}
