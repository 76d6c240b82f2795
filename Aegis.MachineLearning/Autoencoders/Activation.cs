namespace Aegis.MachineLearning.Autoencoders;

/// <summary>The function at the end of a layer. Model bundles store these numbers.</summary>
public enum Activation : byte
{
    /// <summary>None: f(x) = x.</summary>
    Identity = 0,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh = 1,

    /// <summary>x / (1 + e⁻ˣ) (Elfwing, Uchibe, Doya 2018).</summary>
    Silu = 2,
}
