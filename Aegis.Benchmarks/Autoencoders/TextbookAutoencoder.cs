using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Benchmarks.Autoencoders;

/// <summary>The baseline: an autoencoder as a textbook writes it, one row and one unit at a time, with <see cref="MathF.Tanh"/>.</summary>
internal sealed class TextbookAutoencoder
{
    private readonly Layer[] _layers;
    private readonly float[] _errorWeights;
    private readonly float[][] _values;
    private readonly float _limit;

    /// <summary>Copies the weights of a network of tanh layers.</summary>
    public TextbookAutoencoder(Autoencoder autoencoder)
    {
        _layers = [.. autoencoder.Layers.ToArray()
            .Select(layer => new Layer(layer.Inputs, layer.Outputs, layer.Activation == Activation.Tanh, layer.ToParameters()))];
        _errorWeights = autoencoder.ErrorWeights.ToArray();
        _values = [new float[autoencoder.InputCount], .. _layers.Select(layer => new float[layer.Outputs])];
        _limit = autoencoder.InputLimit;
    }

    /// <summary>The mean weighted squared error of the reconstruction.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var ratio = row[i] / _limit;
            _values[0][i] = row[i] / MathF.Sqrt(1 + (ratio * ratio));
        }

        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i].Forward(_values[i], _values[i + 1]);
        }

        var total = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            var difference = _values[^1][i] - _values[0][i];
            total += difference * difference * _errorWeights[i];
        }

        return total / row.Length;
    }

    private sealed record Layer(int Inputs, int Outputs, bool HasTanh, float[] Parameters)
    {
        public void Forward(float[] x, float[] y)
        {
            for (var output = 0; output < Outputs; output++)
            {
                var sum = Parameters[(Inputs * Outputs) + output];
                for (var input = 0; input < Inputs; input++)
                {
                    sum += Parameters[(output * Inputs) + input] * x[input];
                }

                y[output] = HasTanh ? MathF.Tanh(sum) : sum;
            }
        }
    }
}
