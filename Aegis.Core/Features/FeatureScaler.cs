using System.Collections.Immutable;

namespace Aegis.Core.Features;

/// <summary>Turns feature vectors into one model's inputs: robust z scores of chosen features (only the suspicious
/// side, if one is declared) and one-hot kinds.</summary>
/// <remarks>Features are made in double precision: logarithms, ratios and z scores. Centring them as floats loses nothing,
/// because the difference of two floats is the exact one, rounded once.</remarks>
public sealed class FeatureScaler
{
    private readonly int[] _scaled;
    private readonly int[] _oneHot;
    private readonly int[] _levels;
    private readonly float[] _centres;
    private readonly float[] _scales;

    // An input is the larger of z times either slope: (1, 0) keeps the high side, (-1, 0) the low side, (1, -1) both as
    // |z|, and (1, 1) is z itself.
    private readonly float[] _slopes;
    private readonly float[] _otherSlopes;

    /// <param name="features">The features that the model reads, each once. Scaled features come first among the inputs.</param>
    /// <param name="centres">The median of each scaled feature.</param>
    /// <param name="scales">The spread of each scaled feature, above 0.</param>
    /// <exception cref="ArgumentException">There are no features, one is doubled or unknown, or centres and scales do
    /// not fit them.</exception>
    public FeatureScaler(IEnumerable<Feature> features, float[] centres, float[] scales)
    {
        Features = [.. features];
        if (Features.IsEmpty || Features.Distinct().Count() != Features.Length || Features.Any(f => f < 0 || (int)f >= FeatureSchema.Count))
        {
            throw new ArgumentException(
                $"Model inputs are '{string.Join(", ", Features)}'; allowed: one feature of the schema or more, each once.", nameof(
                    features));
        }

        _scaled = [.. Features.Where(f => FeatureSchema.Of(f).Levels == 0).Select(f => (int)f)];
        _oneHot = [.. Features.Where(f => FeatureSchema.Of(f).Levels > 0).Select(f => (int)f)];
        _levels = [.. _oneHot.Select(f => FeatureSchema.All[f].Levels)];
        if (centres.Length != _scaled.Length || scales.Length != _scaled.Length)
        {
            throw new ArgumentException($"{centres.Length} centres and {scales.Length} scales; allowed: {_scaled.Length} of each.");
        }

        _centres = centres;
        _scales = scales;
        _slopes = [.. _scaled.Select(f => FeatureSchema.All[f].Side == SuspiciousSide.Low ? -1f : 1f)];
        _otherSlopes = [.. _scaled.Select(
            f => FeatureSchema.All[f].Side switch { SuspiciousSide.None => 1f, SuspiciousSide.Both => -1f, _ => 0f })];
        FeatureOfInput = [.. _scaled, .. _oneHot.SelectMany(f => Enumerable.Repeat(f, FeatureSchema.All[f].Levels))];
    }

    /// <summary>The features that the model reads.</summary>
    public ImmutableArray<Feature> Features { get; }

    /// <summary>The number of model inputs.</summary>
    public int InputCount => FeatureOfInput.Length;

    /// <summary>For each model input, the feature that it comes from.</summary>
    public ImmutableArray<int> FeatureOfInput { get; }

    /// <summary>For each model input, whether only its high values are suspicious. This holds for one-sided features,
    /// distances from the middle, and one-hot kinds.</summary>
    public IReadOnlyList<bool> IsDirected =>
        [.. FeatureOfInput.Select(f => FeatureSchema.All[f].Levels > 0 || FeatureSchema.All[f].Side != SuspiciousSide.None)];

    /// <summary>The medians, one for each scaled feature.</summary>
    public ReadOnlySpan<float> Centres => _centres;

    /// <summary>The spreads, one for each scaled feature.</summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>Fits medians and spreads on rows of features. A spread is the interquartile range / 1.349; if that is
    /// 0, the standard deviation.</summary>
    /// <param name="features">The features that the model reads.</param>
    /// <param name="rows">Row after row, <see cref="FeatureSchema.Count"/> values each; at least one row.</param>
    public static FeatureScaler Fit(IReadOnlyList<Feature> features, ReadOnlySpan<float> rows)
    {
        var rowCount = rows.Length / FeatureSchema.Count;
        var centres = new List<float>();
        var scales = new List<float>();
        var column = new float[rowCount];
        foreach (var feature in features.Where(f => FeatureSchema.Of(f).Levels == 0))
        {
            for (var row = 0; row < rowCount; row++)
            {
                column[row] = rows[(row * FeatureSchema.Count) + (int)feature];
            }

            Array.Sort(column);
            centres.Add(column[rowCount / 2]);
            scales.Add(Spread(column));
        }

        return new FeatureScaler(features, [.. centres], [.. scales]);
    }

    /// <summary>Encodes one row.</summary>
    /// <param name="features"><see cref="FeatureSchema.Count"/> values.</param>
    /// <param name="inputs">Receives <see cref="InputCount"/> values.</param>
    public void Encode(ReadOnlySpan<float> features, Span<float> inputs)
    {
        var scaled = _scaled;
        for (var i = 0; i < scaled.Length; i++)
        {
            var z = (features[scaled[i]] - _centres[i]) / _scales[i];
            // Adding 0 turns the minus zero of a dropped side into 0.
            inputs[i] = Math.Max(_slopes[i] * z, _otherSlopes[i] * z) + 0f;
        }

        inputs[scaled.Length..InputCount].Clear();
        var next = scaled.Length;
        for (var i = 0; i < _oneHot.Length; i++)
        {
            inputs.Slice(next, _levels[i])[(int)features[_oneHot[i]]] = 1;
            next += _levels[i];
        }
    }

    /// <summary>Encodes many rows, one after another.</summary>
    public float[] EncodeAll(ReadOnlySpan<float> rows)
    {
        var inputs = new float[rows.Length / FeatureSchema.Count * InputCount];
        EncodeAll(rows, inputs);
        return inputs;
    }

    /// <summary>Encodes many rows, one after another.</summary>
    /// <param name="rows">Rows of <see cref="FeatureSchema.Count"/> values each.</param>
    /// <param name="inputs">Receives <see cref="InputCount"/> values for each row.</param>
    public void EncodeAll(ReadOnlySpan<float> rows, Span<float> inputs)
    {
        while (!rows.IsEmpty)
        {
            Encode(rows[..FeatureSchema.Count], inputs[..InputCount]);
            rows = rows[FeatureSchema.Count..];
            inputs = inputs[InputCount..];
        }
    }

    private static float Spread(float[] sorted)
    {
        var range = sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4];
        if (range > 1e-6f)
        {
            return range / 1.349f;
        }

        var mean = sorted.Average(v => (double)v);
        var deviation = Math.Sqrt(sorted.Average(v => (v - mean) * (v - mean)));
        return deviation > 1e-6 ? (float)deviation : 1;
    }
}
