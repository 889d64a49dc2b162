/** references.bib: bibliographic facts, without abstracts, in the order of the tree; the domain's own works come last. */
export const REFERENCES = String.raw`
@article{Marques2021.03.01.433495,
  author = {Marques, Tiago and Schrimpf, Martin and DiCarlo, James J.},
  title = {Multi-scale hierarchical neural network models that bridge from single neurons in the primate primary visual cortex to object recognition behavior},
  elocation-id = {2021.03.01.433495},
  year = {2021},
  doi = {10.1101/2021.03.01.433495},
  publisher = {Cold Spring Harbor Laboratory},
  URL = {https://www.biorxiv.org/content/early/2021/08/13/2021.03.01.433495},
  eprint = {https://www.biorxiv.org/content/early/2021/08/13/2021.03.01.433495.full.pdf},
  journal = {bioRxiv}
}

@article{Schiller1976,
  author = {Schiller, P. H. and Finlay, B. L. and Volman, S. F.},
  doi = {10.1152/jn.1976.39.6.1352},
  issn = {0022-3077},
  journal = {Journal of neurophysiology},
  number = {6},
  pages = {1334--1351},
  pmid = {825624},
  title = {{Quantitative studies of single-cell properties in monkey striate cortex. III. Spatial Frequency}},
  url = {http://www.ncbi.nlm.nih.gov/pubmed/825624},
  volume = {39},
  year = {1976}
}

@article{Freeman2013,
  author = {Freeman, Jeremy and Ziemba, Corey M. and Heeger, David J. and Simoncelli, E. P. and Movshon, J. A.},
  doi = {10.1038/nn.3402},
  issn = {10976256},
  journal = {Nature Neuroscience},
  number = {7},
  pages = {974--981},
  pmid = {23685719},
  publisher = {Nature Publishing Group},
  title = {{A functional and perceptual signature of the second visual area in primates}},
  url = {http://dx.doi.org/10.1038/nn.3402},
  volume = {16},
  year = {2013}
}

@article{Cavanaugh2002,
  author = {Cavanaugh, James R. and Bair, Wyeth and Movshon, J. A.},
  doi = {10.1152/jn.00692.2001},
  issn = {0022-3077},
  journal = {Journal of Neurophysiology},
  number = {5},
  pages = {2530--2546},
  pmid = {12424292},
  title = {{Nature and Interaction of Signals From the Receptive Field Center and Surround in Macaque V1 Neurons}},
  url = {http://www.physiology.org/doi/10.1152/jn.00692.2001},
  volume = {88},
  year = {2002}
}

@misc{Sanghavi_Jozwik_DiCarlo_2021,
  title={SanghaviJozwik2020},
  url={osf.io/fhy36},
  DOI={10.17605/OSF.IO/FHY36},
  publisher={OSF},
  author={Sanghavi, Sachi and Jozwik, Kamila M and DiCarlo, James J},
  year={2021},
  month={Nov}
}

@misc{Sanghavi_DiCarlo_2021,
  title={Sanghavi2020},
  url={osf.io/chwdk},
  DOI={10.17605/OSF.IO/CHWDK},
  publisher={OSF},
  author={Sanghavi, Sachi and DiCarlo, James J},
  year={2021},
  month={Nov}
}

@misc{Sanghavi_Murty_DiCarlo_2021,
  title={SanghaviMurty2020},
  url={osf.io/fchme},
  DOI={10.17605/OSF.IO/FCHME},
  publisher={OSF},
  author={Sanghavi, Sachi and Murty, N A R and DiCarlo, James J},
  year={2021},
  month={Nov}
}

@article{Majaj13402,
  author = {Majaj, Najib J. and Hong, Ha and Solomon, Ethan A. and DiCarlo, James J.},
  title = {Simple Learned Weighted Sums of Inferior Temporal Neuronal Firing Rates Accurately Predict Human Core Object Recognition Performance},
  volume = {35},
  number = {39},
  pages = {13402--13418},
  year = {2015},
  doi = {10.1523/JNEUROSCI.5181-14.2015},
  publisher = {Society for Neuroscience},
  issn = {0270-6474},
  URL = {https://www.jneurosci.org/content/35/39/13402},
  eprint = {https://www.jneurosci.org/content/35/39/13402.full.pdf},
  journal = {Journal of Neuroscience}
}

@article{Kar2019,
  author={Kar, Kohitij and Kubilius, Jonas and Schmidt, Kailyn and Issa, Elias B. and DiCarlo, James J.},
  title={Evidence that recurrent circuits are critical to the ventral stream's execution of core object recognition behavior},
  journal={Nature Neuroscience},
  year={2019},
  month={Jun},
  day={01},
  volume={22},
  number={6},
  pages={974-983},
  issn={1546-1726},
  doi={10.1038/s41593-019-0392-5},
  url={https://doi.org/10.1038/s41593-019-0392-5}
}

@article{Bracci2019,
  author = {Bracci, Stefania and Ritchie, J. Brendan and Kalfas, Ioannis and Op de Beeck, Hans P.},
  title = {The Ventral Visual Pathway Represents Animal Appearance over Animacy, Unlike Human Behavior and Deep Neural Networks},
  journal = {Journal of Neuroscience},
  volume = {39},
  number = {33},
  pages = {6513--6525},
  year = {2019},
  doi = {10.1523/JNEUROSCI.1714-18.2019}
}

@article{Cadena2019,
  author = {Cadena, Santiago A. and Denfield, George H. and Walker, Edgar Y. and Gatys, Leon A. and Tolias, Andreas S. and Bethge, Matthias and Ecker, Alexander S.},
  title = {Deep convolutional models improve predictions of macaque V1 responses to natural images},
  journal = {PLOS Computational Biology},
  volume = {15},
  number = {4},
  pages = {e1006897},
  year = {2019},
  doi = {10.1371/journal.pcbi.1006897}
}

@article{Rajalingham2018,
  author = {Rajalingham, Rishi and Issa, Elias B. and Bashivan, Pouya and Kar, Kohitij and Schmidt, Kailyn and DiCarlo, James J.},
  title = {Large-Scale, High-Resolution Comparison of the Core Visual Object Recognition Behavior of Humans, Monkeys, and State-of-the-Art Deep Artificial Neural Networks},
  journal = {Journal of Neuroscience},
  volume = {38},
  number = {33},
  pages = {7255--7269},
  year = {2018},
  doi = {10.1523/JNEUROSCI.0388-18.2018}
}

@inproceedings{Geirhos2021,
  author = {Geirhos, Robert and Narayanappa, Kantharaju and Mitzkus, Benjamin and Thieringer, Tizian and Bethge, Matthias and Wichmann, Felix A. and Brendel, Wieland},
  title = {Partial success in closing the gap between human and machine vision},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {34},
  year = {2021},
  url = {https://arxiv.org/abs/2106.07411}
}

@article{Baker2022,
  author = {Baker, Nicholas and Elder, James H.},
  title = {Deep learning models fail to capture the configural nature of human shape perception},
  journal = {iScience},
  volume = {25},
  number = {9},
  pages = {104913},
  year = {2022},
  doi = {10.1016/j.isci.2022.104913}
}

@article{Hebart2023,
  author = {Hebart, Martin N. and Contier, Oliver and Teichmann, Lina and Rockter, Adam H. and Zheng, Charles Y. and Kidder, Alexis and Corriveau, Anna and Vaziri-Pashkam, Maryam and Baker, Chris I.},
  title = {THINGS-data, a multimodal collection of large-scale datasets for investigating object representations in human brain and behavior},
  journal = {eLife},
  volume = {12},
  pages = {e82580},
  year = {2023},
  doi = {10.7554/eLife.82580}
}

@article{Maniquet2024,
  author = {Maniquet, Tim and Op de Beeck, Hans and Costantino, Andrea Ivan},
  title = {Recurrent issues with deep neural network models of visual recognition},
  journal = {bioRxiv},
  elocation-id = {2024.04.02.587669},
  year = {2024},
  doi = {10.1101/2024.04.02.587669},
  publisher = {Cold Spring Harbor Laboratory}
}

@inproceedings{Deng2009,
  author = {Deng, Jia and Dong, Wei and Socher, Richard and Li, Li-Jia and Li, Kai and Fei-Fei, Li},
  title = {ImageNet: A large-scale hierarchical image database},
  booktitle = {2009 IEEE Conference on Computer Vision and Pattern Recognition},
  pages = {248--255},
  year = {2009},
  doi = {10.1109/CVPR.2009.5206848}
}

@inproceedings{Hendrycks2019,
  author = {Hendrycks, Dan and Dietterich, Thomas},
  title = {Benchmarking Neural Network Robustness to Common Corruptions and Perturbations},
  booktitle = {International Conference on Learning Representations},
  year = {2019},
  url = {https://arxiv.org/abs/1903.12261}
}

@inproceedings{Hermann2020,
  author = {Hermann, Katherine L. and Chen, Ting and Kornblith, Simon},
  title = {The Origins and Prevalence of Texture Bias in Convolutional Neural Networks},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {33},
  year = {2020},
  url = {https://arxiv.org/abs/1911.09071}
}

@inproceedings{Barbu2019,
  author = {Barbu, Andrei and Mayo, David and Alverio, Julian and Luo, William and Wang, Christopher and Gutfreund, Dan and Tenenbaum, Josh and Katz, Boris},
  title = {ObjectNet: A large-scale bias-controlled dataset for pushing the limits of object recognition models},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {32},
  year = {2019}
}

@article{Schrimpf2018,
  author = {Schrimpf, Martin and Kubilius, Jonas and Hong, Ha and Majaj, Najib J. and Rajalingham, Rishi and Issa, Elias B. and Kar, Kohitij and Bashivan, Pouya and Prescott-Roy, Jonathan and Geiger, Franziska and Schmidt, Kailyn and Yamins, Daniel L. K. and DiCarlo, James J.},
  title = {Brain-Score: Which Artificial Neural Network for Object Recognition is most Brain-Like?},
  journal = {bioRxiv},
  year = {2018},
  doi = {10.1101/407007}
}

@article{Schrimpf2020,
  author = {Schrimpf, Martin and Kubilius, Jonas and Lee, Michael J. and Murty, N. Apurva Ratan and Ajemian, Robert and DiCarlo, James J.},
  title = {Integrative Benchmarking to Advance Neurally Mechanistic Models of Human Intelligence},
  journal = {Neuron},
  volume = {108},
  number = {3},
  pages = {413--423},
  year = {2020},
  doi = {10.1016/j.neuron.2020.07.040}
}
`
  .trim()
  .split("\n\n")
  .map((bibtex) => ({ key: /^@\w+\{([^,]+),/.exec(bibtex)![1], bibtex }));
