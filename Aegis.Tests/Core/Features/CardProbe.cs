using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Payments;

namespace Aegis.Tests.Core.Features;

/// <summary>One card's history without a shard around it, and what its payments' features are.</summary>
internal sealed class CardProbe
{
    private CardHistory _card;

    public ref CardHistory Card => ref _card;

    public FactTable Facts { get; } = new();

    public int LabelDelayDays { get; init; }

    /// <summary>Takes a payment in, however late it is.</summary>
    public void Add(in Payment payment)
    {
        var moment = new CardMoment { Counts = stackalloc double[DecayWindows.Count], Sums = stackalloc double[DecayWindows.Count] };
        moment.Fill(_card, payment, Facts.Population);
        _card.Add(payment, moment);
    }

    /// <summary>The features of a payment, which is not taken in.</summary>
    public float[] FeaturesOf(in Payment payment)
    {
        // Nothing may be left as it was.
        var features = Enumerable.Repeat(float.NaN, FeatureSchema.Count).ToArray();
        var moment = new CardMoment { Counts = stackalloc double[DecayWindows.Count], Sums = stackalloc double[DecayWindows.Count] };
        moment.Fill(_card, payment, Facts.Population);
        FeatureExtractor.Extract(payment, _card, moment, Facts, LabelDelayDays, features);
        return features;
    }

    /// <summary>One feature of a payment, which is not taken in.</summary>
    public float Of(Feature feature, in Payment payment) => FeaturesOf(payment)[(int)feature];
}
