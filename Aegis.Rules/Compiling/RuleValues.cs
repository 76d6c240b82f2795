using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Rules.Names;

namespace Aegis.Rules.Compiling;

/// <summary>The places of the values that a set of rules reads. Each value is fetched once for a payment, however many
/// rules read it.</summary>
/// <remarks>A text is its <see cref="StableHash"/>, 0 if it is missing; a missing number is NaN.</remarks>
internal sealed class RuleValues
{
    private const long MillisecondsOfHour = 3_600_000;
    private const int HoursOfDay = 24;

    /// <summary>The first of January 1970 was a Thursday, day 3 after a Monday.</summary>
    private const int FirstWeekday = 3;

    private static readonly ulong[] ChannelHashes = Hashes(Channels.Names);
    private static readonly ulong[] KindHashes = Hashes(PaymentKinds.Names);
    private static readonly ulong[] AuthorisationHashes = Hashes(Authorisations.Names);
    private static readonly ulong[] ReasonHashes = Hashes(Authorisations.ReasonNames);
    private static readonly ulong[] OutcomeHashes = Hashes(PaymentNames.OutcomeNames);

    private readonly List<RuleName> _numbers = [];
    private readonly List<RuleName> _texts = [];

    /// <summary>The number of numbers.</summary>
    public int Numbers => _numbers.Count;

    /// <summary>The number of texts.</summary>
    public int Texts => _texts.Count;

    /// <summary>The names of all values.</summary>
    public IReadOnlyList<string> Names => [.. _numbers.Concat(_texts).Select(name => name.Name)];

    /// <summary>The place of a name's value among the numbers or texts.</summary>
    public int PlaceOf(RuleName name)
    {
        var names = name.IsText ? _texts : _numbers;
        var place = names.FindIndex(known => known.Source == name.Source && known.Feature == name.Feature && known.List == name.List);
        if (place < 0)
        {
            place = names.Count;
            names.Add(name);
        }

        return place;
    }

    /// <summary>The hash of a text that stands in a condition.</summary>
    public static ulong HashOf(string text) => StableHash.Hash64(text);

    /// <summary>Fetches all values of a payment.</summary>
    public void Fetch(in RuleInput input, Span<double> numbers, Span<ulong> texts)
    {
        for (var i = 0; i < _numbers.Count; i++)
        {
            numbers[i] = NumberOf(input, _numbers[i]);
        }

        for (var i = 0; i < _texts.Count; i++)
        {
            texts[i] = TextOf(input, _texts[i].Source);
        }
    }

    private static double NumberOf(in RuleInput input, RuleName name) => name.Source switch
    {
        RuleSource.Feature => FeatureNames.ValueOf(input.Features[name.Feature], name.Scale),
        RuleSource.Amount => input.Amount,
        RuleSource.AmountMinor => input.AmountMinor,
        RuleSource.Hour => HoursSince1970(input) % HoursOfDay,
        RuleSource.Weekday => ((HoursSince1970(input) / HoursOfDay) + FirstWeekday) % 7 + 1,
        RuleSource.Score => input.Assessment.Score,
        RuleSource.ForestPercentile => input.Assessment.ForestPercentile,
        RuleSource.AutoencoderPercentile => input.Assessment.AutoencoderPercentile,
        RuleSource.TailSumPercentile => input.Assessment.TailSumPercentile,
        RuleSource.ExternalScore => input.Assessment.ExternalScore ?? double.NaN,
        RuleSource.List => input.Lists.ValueOf(input, name.List!),
        _ => throw new InvalidOperationException($"{name.Name} is no number."),
    };

    private static ulong TextOf(in RuleInput input, RuleSource source) => source switch
    {
        RuleSource.Card => Hash(input.CardToken),
        RuleSource.Bin => Hash(input.CardBin),
        RuleSource.Merchant => Hash(input.MerchantId),
        RuleSource.Mcc => HashOfMcc(input.Mcc),
        RuleSource.Device => Hash(input.DeviceId),
        RuleSource.IpAddress => Hash(input.IpAddress),
        RuleSource.Country => Hash(input.Country),
        RuleSource.Currency => Hash(input.Currency),
        RuleSource.Channel => ChannelHashes[(int)input.Channel],
        RuleSource.Kind => KindHashes[(int)input.Kind],
        RuleSource.Authorisation => input.Authorisation is { } authorisation ? AuthorisationHashes[(int)authorisation] : 0,
        RuleSource.DeclineReason => input.DeclineReason is { } reason ? ReasonHashes[(int)reason] : 0,
        RuleSource.ModelOutcome => OutcomeHashes[(int)input.ModelOutcome],
        _ => throw new InvalidOperationException($"{source} is no text."),
    };

    private static long HoursSince1970(in RuleInput input) => Math.Max(0, input.EventTimeMs) / MillisecondsOfHour;

    private static ulong Hash(ReadOnlySpan<byte> ascii) => ascii.IsEmpty ? 0 : StableHash.Hash64(ascii);

    private static ulong HashOfMcc(int mcc)
    {
        ReadOnlySpan<byte> digits = [Digit(mcc / 1_000), Digit(mcc / 100), Digit(mcc / 10), Digit(mcc)];
        return StableHash.Hash64(digits);

        static byte Digit(int value) => (byte)('0' + (value % 10));
    }

    private static ulong[] Hashes(string[] names) => [.. names.Select(HashOf)];
}
